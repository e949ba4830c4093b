package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which images have local programs that stand for them. */
record Images(PostgresBinaries binaries) {

    void require(Pod pod) throws CannotStartYetException {
        var containers =
                Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
        for (var container : containers.toList()) {
            require(container);
        }
    }

    private void require(Container container) throws CannotStartYetException {
        var major = binaries.majorVersion();
        if (!isLocal(container.getImage())) {
            throw CannotStartYetException.image("the embedded cluster has only PostgreSQL " + major
                    + " programs and cannot run the image \"" + container.getImage() + "\": use postgresVersion "
                    + major + ", or a real cluster");
        }
        if (container.getCommand().isEmpty()) {
            throw CannotStartYetException.configuration("container " + container.getName()
                    + " has no command: the embedded cluster has no images and so knows no entrypoint");
        }
    }

    boolean isLocal(String image) {
        return Pattern.matches("(.*/)?postgres:" + binaries.majorVersion() + "([.@-].*)?", image);
    }
}
