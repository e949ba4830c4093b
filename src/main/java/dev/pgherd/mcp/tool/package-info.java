/** The tools, one class each. */
@NullMarked
package dev.pgherd.mcp.tool;

import org.jspecify.annotations.NullMarked;
