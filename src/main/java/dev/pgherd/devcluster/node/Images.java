package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which images have local programs that stand for them: the bundled ones, and those of other versions where Debian's
 * packages have installed them.
 */
record Images(PostgresBinaries bundled, Path installed) {

    private static final Pattern NAME = Pattern.compile("(?:.*/)?postgres:(\\d{1,3})(?:[.@-].*)?");

    static Images ofThisMachine(PostgresBinaries bundled) {
        return new Images(bundled, Path.of("/usr/lib/postgresql"));
    }

    void require(Pod pod) throws CannotStartYetException {
        var containers =
                Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
        for (var container : containers.toList()) {
            require(container);
        }
    }

    /** The directory of the container's programs. */
    Path require(Container container) throws CannotStartYetException {
        var major = bundled.majorVersion();
        var programs = programs(container.getImage())
                .orElseThrow(() -> CannotStartYetException.image("the embedded cluster has only PostgreSQL " + major
                        + " programs and cannot run the image \"" + container.getImage() + "\": use postgresVersion "
                        + major + ", install the programs in " + installed + ", or use a real cluster"));
        if (container.getCommand().isEmpty()) {
            throw CannotStartYetException.configuration("container " + container.getName()
                    + " has no command: the embedded cluster has no images and so knows no entrypoint");
        }
        return programs;
    }

    /** The directory of an image's programs; empty where there are none. */
    Optional<Path> programs(String image) {
        var name = NAME.matcher(image);
        if (!name.matches()) {
            return Optional.empty();
        }
        if (Integer.parseInt(name.group(1)) == bundled.majorVersion()) {
            return Optional.of(bundled.bin());
        }
        return Optional.of(installed.resolve(name.group(1)).resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("postgres")));
    }
}
