/** ValidatingAdmissionPolicies: which of them apply to a request, and what they say to it. */
@NullMarked
package dev.pgherd.devcluster.apiserver.admission;

import org.jspecify.annotations.NullMarked;
