/** JOSDK's view of each child; what it should look like comes from the resource package. */
@NullMarked
package dev.pgherd.operator.dependent;

import org.jspecify.annotations.NullMarked;
