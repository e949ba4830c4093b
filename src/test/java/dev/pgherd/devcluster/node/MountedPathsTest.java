package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountedPathsTest {

    private final MountedPaths paths = new MountedPaths(Map.of(
            "/var/lib/postgresql", Path.of("/v"),
            "/etc/pgherd", Path.of("/e"),
            "/etc/pgherd/config/", Path.of("/c"),
            "/tmp", Path.of("/tmp/pgherd-1/tmp")));

    @ParameterizedTest
    @CsvSource({
        "/etc/pgherd/config/a.sh, /c/a.sh",
        "/etc/pgherd/other, /e/other",
        "config_file=/etc/pgherd/config/a.conf, config_file=/c/a.conf",
        "/var/lib/postgresql, /v",
        "/var/lib/postgresql2/x, /var/lib/postgresql2/x",
        "/mnt/var/lib/postgresql, /mnt/var/lib/postgresql",
        "/var/tmp/x, /var/tmp/x",
        "/tmp/a:/tmp/b, /tmp/pgherd-1/tmp/a:/tmp/pgherd-1/tmp/b",
        "cat '/tmp/a' > /etc/pgherd, cat '/tmp/pgherd-1/tmp/a' > /e",
    })
    void translatesAtTheBoundariesOfSegmentsTheLongestFirst(String text, String translated) {
        assertThat(paths.translate(text.replace("''", "'"))).isEqualTo(translated.replace("''", "'"));
    }
}
