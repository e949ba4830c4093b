/** A person's yes to one call of an agent, and how it is known to be one. */
@NullMarked
package dev.pgherd.mcp.approval;

import org.jspecify.annotations.NullMarked;
