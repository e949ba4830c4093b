/** PostgreSQL's programs from the class path, and how they are run by a user that PostgreSQL accepts. */
@NullMarked
package dev.pgherd.devcluster.postgres;

import org.jspecify.annotations.NullMarked;
