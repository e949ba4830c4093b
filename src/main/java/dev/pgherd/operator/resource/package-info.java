/** Desired Kubernetes objects as pure functions of the instance. */
@NullMarked
package dev.pgherd.operator.resource;

import org.jspecify.annotations.NullMarked;
