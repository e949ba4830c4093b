package dev.pgherd.mcp.method;

/** Tells a client what happens, for people who follow what their agent does; never fails. */
@FunctionalInterface
public interface Log {

    /** For a client that does not want to hear. */
    Log SILENT = (level, message) -> {};

    void write(LogLevel level, String message);
}
