/** Words that stand for texts. */
@NullMarked
package dev.pgherd.digest;

import org.jspecify.annotations.NullMarked;
