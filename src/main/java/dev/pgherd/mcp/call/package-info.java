/** A tool is called: admitted, run, counted and audited, whatever the transport. */
@NullMarked
package dev.pgherd.mcp.call;

import org.jspecify.annotations.NullMarked;
