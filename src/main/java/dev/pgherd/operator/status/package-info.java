/** One snapshot of what was observed, and the status that follows from it. */
@NullMarked
package dev.pgherd.operator.status;

import org.jspecify.annotations.NullMarked;
