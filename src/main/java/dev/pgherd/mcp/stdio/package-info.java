/** JSON-RPC over two pipes: a message a line, and requests that share the one way back. */
@NullMarked
package dev.pgherd.mcp.stdio;

import org.jspecify.annotations.NullMarked;
