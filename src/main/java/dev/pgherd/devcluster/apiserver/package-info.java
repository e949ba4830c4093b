/** The in-process Kubernetes API server of the embedded cluster: its HTTP side and its verbs. */
@NullMarked
package dev.pgherd.devcluster.apiserver;

import org.jspecify.annotations.NullMarked;
