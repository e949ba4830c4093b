/** Configuration, read once from the environment into records. */
@NullMarked
package dev.pgherd.config;

import org.jspecify.annotations.NullMarked;
