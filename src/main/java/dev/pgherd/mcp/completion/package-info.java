/** Completions of what a person types for an instance, a schema or a table. */
@NullMarked
package dev.pgherd.mcp.completion;

import org.jspecify.annotations.NullMarked;
