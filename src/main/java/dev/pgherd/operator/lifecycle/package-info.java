/** Whether an instance is to run now, and when its life ends; pure. */
@NullMarked
package dev.pgherd.operator.lifecycle;

import org.jspecify.annotations.NullMarked;
