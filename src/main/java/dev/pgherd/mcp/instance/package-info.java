/** Which instances there are, and who hears when that changes. */
@NullMarked
package dev.pgherd.mcp.instance;

import org.jspecify.annotations.NullMarked;
