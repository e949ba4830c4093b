/** Which resources there are, how they are named, and how a request for one is refused. */
@NullMarked
package dev.pgherd.devcluster.apiserver.resource;

import org.jspecify.annotations.NullMarked;
