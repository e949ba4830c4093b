package dev.pgherd.devcluster.node;

import java.util.OptionalInt;

/** Where a pod is reached: with an address of its own it keeps its ports, else all become one free port. */
record PodAddress(String ip, OptionalInt replacedPort) {

    int port(int containerPort) {
        return replacedPort.orElse(containerPort);
    }
}
