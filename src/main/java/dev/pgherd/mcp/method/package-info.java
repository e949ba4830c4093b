/** The methods of the protocol, one table for all revisions and transports, and the news that a server has for its clients. */
@NullMarked
package dev.pgherd.mcp.method;

import org.jspecify.annotations.NullMarked;
