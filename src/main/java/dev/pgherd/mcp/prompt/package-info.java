/** Prompts: tasks for a model that a person starts by name. */
@NullMarked
package dev.pgherd.mcp.prompt;

import org.jspecify.annotations.NullMarked;
