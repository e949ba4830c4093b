/** What the agents' roles may do inside a database, as SQL; pure. */
@NullMarked
package dev.pgherd.operator.database.access;

import org.jspecify.annotations.NullMarked;
