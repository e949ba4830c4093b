package dev.pgherd.devcluster.apiserver;

import java.nio.file.Path;
import java.util.Optional;

/** Where the log of a container is found; empty while there is none. */
public interface PodLogs {

    Optional<Path> file(String namespace, String pod, String container);
}
