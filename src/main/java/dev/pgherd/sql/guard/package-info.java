/** What a statement may touch, told from its text: early and clear answers before PostgreSQL's own. */
@NullMarked
package dev.pgherd.sql.guard;

import org.jspecify.annotations.NullMarked;
