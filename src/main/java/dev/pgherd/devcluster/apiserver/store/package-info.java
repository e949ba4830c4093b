/** Objects by key, their resource version, their history and their files. */
@NullMarked
package dev.pgherd.devcluster.apiserver.store;

import org.jspecify.annotations.NullMarked;
