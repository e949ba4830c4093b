/** A question in plain words becomes SQL: what a model is told, and what is made of its answer. */
@NullMarked
package dev.pgherd.mcp.ask;

import org.jspecify.annotations.NullMarked;
