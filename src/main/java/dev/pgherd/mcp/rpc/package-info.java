/** JSON-RPC messages and errors, the ways back to callers, and the requests that run. */
@NullMarked
package dev.pgherd.mcp.rpc;

import org.jspecify.annotations.NullMarked;
