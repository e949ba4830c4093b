/** The tables that kubectl prints. */
@NullMarked
package dev.pgherd.devcluster.apiserver.table;

import org.jspecify.annotations.NullMarked;
