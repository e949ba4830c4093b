/** The MCP server: its assembly and what the tools share. */
@NullMarked
package dev.pgherd.mcp;

import org.jspecify.annotations.NullMarked;
