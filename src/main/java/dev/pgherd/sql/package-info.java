/** One statement of a caller, run within limits: guard, execution, encoding of results. */
@NullMarked
package dev.pgherd.sql;

import org.jspecify.annotations.NullMarked;
