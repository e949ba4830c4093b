package dev.pgherd.devcluster.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

    @TempDir
    Path cache;

    @Test
    void unpacksOnceAndSaysSo() throws Exception {
        // Given
        var progress = Collections.synchronizedList(new ArrayList<String>());

        // When
        var both = Stream.of(1, 2)
                .map(i -> CompletableFuture.supplyAsync(() -> PostgresBinaries.install(cache, progress::add)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // Then
        assertThat(both.get(0)).isEqualTo(both.get(1));
        assertThat(progress).hasSize(1);
        assertThat(both.get(0).majorVersion()).isEqualTo(17);
        assertThat(both.get(0).bin().resolve("initdb")).isExecutable();
        assertThat(Files.isSymbolicLink(both.get(0).home().resolve("lib/libpq.so")))
                .isTrue();
    }

    @Test
    void whatAKilledProcessLeftIsReplaced() throws Exception {
        // Given
        var name = "postgresql-" + BinariesArchive.forThisPlatform().fingerprint() + ".unfinished";
        var leftover = Files.createDirectories(cache.resolve(name).resolve("bin"));
        Files.writeString(leftover.resolve("postgres"), "half");

        // When
        var binaries = PostgresBinaries.install(cache, message -> {});

        // Then
        assertThat(binaries.version()).startsWith("17.");
        assertThat(leftover).doesNotExist();
    }

    @Test
    void aPlatformWithoutProgramsIsNamed() {
        assertThatThrownBy(() -> BinariesArchive.forPlatform("Plan 9", "mips"))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageContaining("Plan 9 mips")
                .hasMessageContaining("real cluster");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamed() throws Exception {
        // Given
        var file = Files.writeString(cache.resolve("file"), "");

        // When / Then
        assertThatThrownBy(() -> PostgresBinaries.install(file.resolve("below"), message -> {}))
                .isInstanceOf(BinariesUnavailableException.class)
                .hasMessageContaining(file.toString());
        assertThat(List.of(file)).allMatch(Files::isRegularFile);
    }
}
