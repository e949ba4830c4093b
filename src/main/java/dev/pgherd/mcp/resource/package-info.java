/** Instances and their schemas as resources, which read what the tools read. */
@NullMarked
package dev.pgherd.mcp.resource;

import org.jspecify.annotations.NullMarked;
