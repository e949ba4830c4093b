/** Which cluster a command works with, and how its servers are reached from here. */
@NullMarked
package dev.pgherd.cli.cluster;

import org.jspecify.annotations.NullMarked;
