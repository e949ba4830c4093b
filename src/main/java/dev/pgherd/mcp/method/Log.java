package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tells a client what happens, for people who follow what their agent does; never fails. */
@FunctionalInterface
public interface Log {

    /** For a client that does not want to hear. */
    Log SILENT = (level, data) -> {};

    void write(LogLevel level, ObjectNode data);
}
