/** The one HTTP server: filters, health, metrics; other handlers are plugged in. */
@NullMarked
package dev.pgherd.http;

import org.jspecify.annotations.NullMarked;
