/** What is known of the schemas of instances, kept for a while. */
@NullMarked
package dev.pgherd.mcp.schema;

import org.jspecify.annotations.NullMarked;
