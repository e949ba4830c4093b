/** Custom resources: schema validation, defaults, pruning and CEL rules. */
@NullMarked
package dev.pgherd.devcluster.apiserver.schema;

import org.jspecify.annotations.NullMarked;
