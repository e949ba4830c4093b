package dev.pgherd.mcp.tool;

/** Tells the caller how a long call is getting on; never fails, also when the caller has gone. */
@FunctionalInterface
public interface Progress {

    void report(String message);
}
