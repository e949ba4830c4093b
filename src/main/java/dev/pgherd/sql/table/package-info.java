/** Results as tables of text. */
@NullMarked
package dev.pgherd.sql.table;

import org.jspecify.annotations.NullMarked;
