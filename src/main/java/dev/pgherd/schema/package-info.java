/** What is in a database, as far as agents may see it: read from the catalog, and filtered by the instance's rules. */
@NullMarked
package dev.pgherd.schema;

import org.jspecify.annotations.NullMarked;
