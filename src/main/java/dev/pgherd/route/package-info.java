/** How a PostgreSQL server is reached from where this program runs. */
@NullMarked
package dev.pgherd.route;

import org.jspecify.annotations.NullMarked;
