/** The embedded default: an in-process Kubernetes API and real PostgreSQL processes. */
@NullMarked
package dev.pgherd.devcluster;

import org.jspecify.annotations.NullMarked;
