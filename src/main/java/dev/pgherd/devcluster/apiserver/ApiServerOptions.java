package dev.pgherd.devcluster.apiserver;

import java.nio.file.Path;
import java.time.Clock;

/** Where the server keeps its objects, the port it listens on (0: a free one), and its clock. */
public record ApiServerOptions(Path stateDirectory, int port, Clock clock) {}
