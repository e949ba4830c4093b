/** How much callers may ask for, and in which order they get it. */
@NullMarked
package dev.pgherd.mcp.limit;

import org.jspecify.annotations.NullMarked;
