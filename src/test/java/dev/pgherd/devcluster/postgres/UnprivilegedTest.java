package dev.pgherd.devcluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnprivilegedTest {

    @TempDir
    Path directory;

    @BeforeEach
    void everybodyMayEnter() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theDetectedWayDoesNotRunAsRoot() throws Exception {
        assertThat(run(Unprivileged.detect().wrap(List.of("id", "-u"))).strip()).isNotEqualTo("0");
    }

    @ParameterizedTest
    @MethodSource("waysOfRoot")
    void initdbWorksInADirectoryThatWasHandedOver(Unprivileged way) throws Exception {
        // Given
        assumeTrue(run(List.of("id", "-u")).strip().equals("0"), "only root changes users");
        assumeTrue(run(way.wrap(List.of("echo", "works"))).contains("works"), way.description() + " works here");
        var initdb = PostgresServer.binaries().bin().resolve("initdb").toString();
        var data = Files.createDirectory(directory.resolve("data"));

        // When
        way.own(data);
        var output = run(way.wrap(List.of(initdb, "--no-sync", "-U", "postgres", "-D", data.toString())));

        // Then
        assertThat(data.resolve("PG_VERSION")).as(output).hasContent("17");
    }

    @Test
    void aDirectoryThatTheOtherUserCannotEnterIsNamed() throws Exception {
        // Given
        assumeTrue(run(List.of("id", "-u")).strip().equals("0"), "only root changes users");
        var hidden = Files.createDirectories(directory.resolve("hidden/data"));
        Files.setPosixFilePermissions(hidden.getParent(), PosixFilePermissions.fromString("rwx------"));

        // When / Then
        assertThatThrownBy(() -> new Unprivileged.OtherUser().requireAccess(hidden))
                .hasMessageContaining(hidden.toString())
                .hasMessageContaining("chmod");
        Unprivileged.detect().requireAccess(directory);
    }

    @Test
    void rootBecomesAnotherUserUnlessThatOneCannotEnterWhatItNeeds() throws Exception {
        // Given
        assumeTrue(run(List.of("id", "-u")).strip().equals("0"), "only root changes users");
        for (var way : waysOfRoot().toList()) {
            assumeTrue(run(way.wrap(List.of("echo", "works"))).contains("works"), way.description() + " works here");
        }
        var hidden = Files.createDirectories(directory.resolve("hidden/data"));
        Files.setPosixFilePermissions(hidden.getParent(), PosixFilePermissions.fromString("rwx------"));

        // When // Then
        assertThat(Unprivileged.detect(List.of(directory))).isInstanceOf(Unprivileged.OtherUser.class);
        assertThat(Unprivileged.detect(List.of(directory, hidden))).isInstanceOf(Unprivileged.UserNamespace.class);
    }

    static Stream<Unprivileged> waysOfRoot() {
        return Stream.of(new Unprivileged.UserNamespace(), new Unprivileged.OtherUser());
    }

    private static String run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
