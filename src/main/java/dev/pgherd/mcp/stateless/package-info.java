/** The stateless revision of MCP: every request says all that is needed to answer it. */
@NullMarked
package dev.pgherd.mcp.stateless;

import org.jspecify.annotations.NullMarked;
