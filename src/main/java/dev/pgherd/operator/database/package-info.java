/** What is done inside PostgreSQL: roles, grants, databases, settings. */
@NullMarked
package dev.pgherd.operator.database;

import org.jspecify.annotations.NullMarked;
