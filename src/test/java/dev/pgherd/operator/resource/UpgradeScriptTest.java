package dev.pgherd.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the scripts do with directories before any program of PostgreSQL has a say; postgres itself is a stand-in that
 * knows its version and succeeds. The upgrade with real programs is tried on clusters.
 */
class UpgradeScriptTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/dev/pgherd/operator/resource");

    private static final List<String> NEW_PROGRAMS = List.of(
            "initdb",
            "pg_controldata",
            "pg_ctl",
            "pg_dump",
            "pg_dumpall",
            "pg_resetwal",
            "pg_restore",
            "pg_upgrade",
            "psql",
            "vacuumdb");

    @TempDir
    private Path directory;

    private int from = 15;

    @BeforeEach
    void configuration() throws IOException {
        Files.createDirectories(directory.resolve("tmp"));
        Files.createDirectories(directory.resolve("bin"));
        for (var script : new String[] {"bootstrap.sh", "upgrade.sh", "dump.sh"}) {
            Files.copy(SCRIPTS.resolve(script), directory.resolve(script));
        }
        Files.writeString(directory.resolve("password"), "secret");
    }

    @Test
    void anUpgradeThatWasGivenUpLeavesTheOldDirectoryAsItWas() throws Exception {
        // Given
        var old = data(15, "global/pg_control.old");
        data(17, "pgherd_upgrade");

        // When
        var answer = bootstrap(15);

        // Then
        assertThat(answer).startsWith("0 ");
        assertThat(old.resolve("global/pg_control")).exists();
        assertThat(directory.resolve("17/data")).doesNotExist();
        assertThat(directory.resolve("17/data.new")).doesNotExist();
    }

    @Test
    void anUpgradeThatWasKilledLeavesTheOldDirectoryAsItWas() throws Exception {
        // Given
        var old = data(15, "global/pg_control.old");
        Files.createDirectories(directory.resolve("17/data.new/base"));

        // When
        var answer = bootstrap(15);

        // Then
        assertThat(answer).startsWith("0 ");
        assertThat(old.resolve("global/pg_control")).exists();
        assertThat(directory.resolve("17/data.new")).doesNotExist();
    }

    @Test
    void aMarkThatLostItsContentInACrashDoesNotCountAsAnUpgrade() throws Exception {
        // Given: the old server could not recognise such a directory, and would run beside it
        data(15, "global/pg_control");
        Files.createDirectories(directory.resolve("17/data.new"));
        Files.writeString(directory.resolve("17/data.new/pgherd_upgrade"), "");

        // Then
        assertThat(run("upgrade.sh", 17, "upgrade")).doesNotContain("upgraded already");
        assertThat(run("upgrade.sh", 17, "commit")).startsWith("1 ").contains("There is no upgraded directory");
        assertThat(directory.resolve("17/data")).doesNotExist();
    }

    @Test
    void onceTheNewServerHasStartedTheOldOneIsRefused() throws Exception {
        // Given
        data(15, "global/pg_control.old");
        var upgraded = data(17, "pgherd_upgrade");
        assertThat(bootstrap(17)).startsWith("0 ");
        assertThat(upgraded.resolve("pgherd_upgraded")).hasContent("15");

        // When
        var answer = bootstrap(15);

        // Then
        assertThat(answer).startsWith("1 ").contains("there is no way back", "Set spec.postgresVersion to 17");
        assertThat(directory.resolve("15/data/global/pg_control.old")).exists();
    }

    @Test
    void theSecondStartOfTheNewServerRemovesWhatWasBefore() throws Exception {
        // Given
        data(15, "global/pg_control.old");
        data(17, "pgherd_upgrade");
        bootstrap(17);
        assertThat(directory.resolve("15/data")).exists();

        // When
        var answer = bootstrap(17);

        // Then
        assertThat(answer).startsWith("0 ");
        assertThat(directory.resolve("15/data")).doesNotExist();
        assertThat(directory.resolve("15/data.old")).doesNotExist();
        assertThat(directory.resolve("17/data/PG_VERSION")).exists();
    }

    @Test
    void dataOfAnotherVersionThatNobodyAskedToUpgradeAreNotTouched() throws Exception {
        // Given
        data(15, "global/pg_control");

        // Then
        assertThat(bootstrap(17)).startsWith("1 ").contains("Set spec.postgresVersion to 15");
        assertThat(directory.resolve("15/data/global/pg_control")).exists();
    }

    @Test
    void anImageOfAnotherVersionThanTheSpecIsRefused() throws Exception {
        // Given
        program(16);

        // Then
        assertThat(run("bootstrap.sh", 17, "")).startsWith("1 ").contains("(PostgreSQL) 16.1", "spec.imageName");
        assertThat(run("upgrade.sh", 17, "image")).startsWith("1 ").contains("PostgreSQL 17 is wanted");
        assertThat(directory.resolve("17")).doesNotExist();
    }

    @Test
    void noSettingHasTheSuperusersPasswordLogged() throws Exception {
        // Given
        data(17, "pgherd_upgrade");
        program(17);
        Files.writeString(
                directory.resolve("bin/postgres"),
                "[ \"$1\" = --version ] || echo \"$@\" >&2\n",
                StandardOpenOption.APPEND);

        // Then: what each of these logs holds statements
        assertThat(run("bootstrap.sh", 17, ""))
                .contains(
                        "log_statement=none",
                        "log_min_error_statement=panic",
                        "log_min_duration_statement=-1",
                        "log_min_duration_sample=-1",
                        "log_transaction_sample_rate=0",
                        "debug_print_parse=off");
    }

    @Test
    void missingProgramsAreNamed() throws Exception {
        // Given
        program(97);

        // Then
        assertThat(run("upgrade.sh", 97, "programs")).startsWith("1 ").contains("has no initdb of PostgreSQL 97");
        assertThat(run("upgrade.sh", 98, "programs")).startsWith("1 ").contains("no programs of PostgreSQL 98");
    }

    @Test
    void anImageWithoutTheOldProgramsAloneIsToldApart() throws Exception {
        // Given
        from = 96;
        program(97);
        for (var name : NEW_PROGRAMS) {
            script(name, "");
        }

        // Then
        assertThat(run("upgrade.sh", 97, "programs")).startsWith("3 ").contains("no programs of PostgreSQL 96");
        assertThat(run("upgrade.sh", 97, "new-programs")).startsWith("0 ");
        assertThat(run("upgrade.sh", 97, "old-programs")).startsWith("1 ").contains("no programs of PostgreSQL 96");
    }

    @Test
    void withoutRoomForASecondDirectoryNothingBegins() throws Exception {
        // Given
        var old = data(15, "global/pg_control");
        Files.write(old.resolve("base"), new byte[20 << 20]);
        Files.createDirectories(old.resolve("pg_wal"));
        Files.write(old.resolve("pg_wal/000000010000000000000001"), new byte[16 << 20]);

        // Then
        free(21 << 10);
        assertThat(run("upgrade.sh", 17, "room"))
                .startsWith("1 ")
                .contains("has 21 MiB free", "needs 23 MiB", "raise spec.storage.size");
        assertThat(directory.resolve("17/data.new")).doesNotExist();
        free(24 << 10);
        assertThat(run("upgrade.sh", 17, "room")).startsWith("0 ");
    }

    @Test
    void whatAnEarlierDumpLeftMakesRoomFirst() throws Exception {
        // Given
        var old = data(15, "global/pg_control.old");
        Files.createDirectories(directory.resolve("17/data.new/base"));
        free(1 << 20);

        // Then
        assertThat(run("upgrade.sh", 17, "room")).startsWith("0 ");
        assertThat(directory.resolve("17/data.new")).doesNotExist();
        assertThat(old.resolve("global/pg_control")).exists();
    }

    @Test
    void anOldServerThatDoesNotComeUpIsToldAndLeavesNothing() throws Exception {
        // Given
        var old = data(15, "global/pg_control");
        Files.createDirectories(directory.resolve("17/data.new"));
        Files.createDirectories(directory.resolve("tmp/pgherd-old"));
        Files.writeString(directory.resolve("tmp/pgherd-old/failed"), "PostgreSQL 15 does not come up: no");
        program(17);
        for (var name : NEW_PROGRAMS) {
            script(name, "");
        }

        // Then
        assertThat(run("upgrade.sh", 17, "restore")).isEqualTo("1 PostgreSQL 15 does not come up: no\n");
        assertThat(directory.resolve("17/data.new")).doesNotExist();
        assertThat(old.resolve("global/pg_control")).exists();
    }

    private void free(int kilobytes) throws IOException {
        script("df", "echo header; echo volume 0 0 " + kilobytes + " 0% /");
    }

    private Path data(int major, String file) throws IOException {
        var data = directory.resolve(major + "/data");
        Files.createDirectories(data.resolve("global"));
        Files.writeString(data.resolve("PG_VERSION"), major + "\n");
        Files.writeString(data.resolve(file), "15\n");
        if (major == 17) {
            Files.writeString(data.resolve("global/pg_control"), "");
        }
        return data;
    }

    private void program(int major) throws IOException {
        script("postgres", "[ \"$1\" != --version ] || echo \"postgres (PostgreSQL) " + major + ".1\"");
    }

    private void script(String name, String text) throws IOException {
        var program = directory.resolve("bin").resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + text + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private String bootstrap(int major) throws Exception {
        program(major);
        return run("bootstrap.sh", major, "");
    }

    /** The exit code and what was printed. */
    private String run(String script, int major, String step) throws Exception {
        var builder = new ProcessBuilder("sh", directory.resolve(script).toString(), step).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PATH", directory.resolve("bin") + ":/usr/bin:/bin",
                        "TMPDIR", directory.resolve("tmp").toString(),
                        "PGDATA", directory.resolve(major + "/data").toString(),
                        "PGHERD_VOLUME", directory.toString(),
                        "PGHERD_SUPERUSER_PASSWORD_FILE",
                                directory.resolve("password").toString(),
                        "PGHERD_UPGRADE_FROM", Integer.toString(from),
                        "PGHERD_UPGRADE_TO", Integer.toString(major)));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return process.waitFor() + " " + output;
    }
}
