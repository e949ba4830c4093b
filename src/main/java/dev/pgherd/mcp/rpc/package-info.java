/** JSON-RPC messages, their errors, and the calls that run. */
@NullMarked
package dev.pgherd.mcp.rpc;

import org.jspecify.annotations.NullMarked;
