/** What PostgreSQL says of a statement's plan, made short, and what stands out in it; pure. */
@NullMarked
package dev.pgherd.plan;

import org.jspecify.annotations.NullMarked;
