/** The part of the StatefulSet controller and of the kubelet, on real processes of this machine. */
@NullMarked
package dev.pgherd.devcluster.node;

import org.jspecify.annotations.NullMarked;
