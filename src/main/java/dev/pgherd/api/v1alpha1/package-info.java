/** The custom resource as records: what users write, what the operator reports. */
@NullMarked
package dev.pgherd.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
