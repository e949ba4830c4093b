/** The Kubernetes API of PgHerd and the definition that installs it. */
@NullMarked
package dev.pgherd.api;

import org.jspecify.annotations.NullMarked;
