package dev.pgherd.devcluster.node;

import java.nio.file.Path;

/** What all pods of the node share. */
record PodEnvironment(
        ClusterView view,
        Launcher launcher,
        OwnProcesses processes,
        Images images,
        PodAddresses addresses,
        PodVolumes volumes,
        PodLogFiles logs,
        Path temporary,
        java.time.Clock clock) {}
