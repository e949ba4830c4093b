/** The tools as a REST API: what programs do that do not speak MCP. */
@NullMarked
package dev.pgherd.rest;

import org.jspecify.annotations.NullMarked;
