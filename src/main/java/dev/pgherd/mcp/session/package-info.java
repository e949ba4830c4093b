/** The revisions of MCP with sessions: a client says once who it is and what it can do. */
@NullMarked
package dev.pgherd.mcp.session;

import org.jspecify.annotations.NullMarked;
