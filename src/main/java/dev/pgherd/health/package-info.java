/** What is or gets wrong inside a database: one class a check, whose judgement of what the catalog says is pure. */
@NullMarked
package dev.pgherd.health;

import org.jspecify.annotations.NullMarked;
