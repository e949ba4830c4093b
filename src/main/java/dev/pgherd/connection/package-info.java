/** The registry of instances that can be queried, one lazy connection pool an instance and role. */
@NullMarked
package dev.pgherd.connection;

import org.jspecify.annotations.NullMarked;
