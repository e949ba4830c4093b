/** Who owns which field: server-side apply, managed fields and the patch types. */
@NullMarked
package dev.pgherd.devcluster.apiserver.fields;

import org.jspecify.annotations.NullMarked;
