/** The reconciler: validate, apply, observe, report. */
@NullMarked
package dev.pgherd.operator;

import org.jspecify.annotations.NullMarked;
