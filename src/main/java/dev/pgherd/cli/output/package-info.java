/** How commands show results and progress to people and programs. */
@NullMarked
package dev.pgherd.cli.output;

import org.jspecify.annotations.NullMarked;
