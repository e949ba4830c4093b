package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The commands on a herd that runs beside them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstancesCommandIT {

    private final Lifetime lifetime = new Lifetime().start();
    private Path directory;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary.resolve("dev");
        TestHerds.embedded(lifetime, directory);
    }

    @AfterAll
    void stop() {
        lifetime.close();
        // Commands are quiet, and that holds for the whole process.
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.INFO);
    }

    @Test
    void anInstanceIsMadeUsedStoppedStartedAndDropped() throws Exception {
        // Given
        var made = run("create", "shop", "--database", "orders", "--set", "work_mem=8MB", "--description", "Orders");
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).contains("default/shop");
        assertThat(made.err()).contains("... Created default/shop");

        // When
        var read = run(
                "query",
                "shop",
                "SELECT $1::int + 1 AS n, current_setting('work_mem') AS m, 100::float8 AS f, '1.10'::json AS j",
                "41");
        var csv = run("query", "shop", "SELECT n, repeat('x', 99) FROM generate_series(1, 500) n", "-o", "csv");
        var json = run("get", "default/shop", "-o", "json");
        var yaml = run("list", "--output", "YAML");
        var slept = run("hibernate", "shop");
        var asleep = run("list");
        var woken = run("wake", "shop");
        var dropped = run("drop", "shop", "--confirm", "shop");

        // Then
        assertThat(read.out()).isEqualToIgnoringNewLines("n    m     f       j\n42   8MB   100.0   1.10\n");
        assertThat(csv.out())
                .startsWith("n,repeat\r\n1,xxx")
                .hasSizeGreaterThan(50_000)
                .endsWith("x\r\n");
        assertThat(csv.err()).isEmpty();
        assertThat(new ObjectMapper()
                        .readTree(json.out())
                        .at("/endpoint/database")
                        .asText())
                .isEqualTo("orders");
        assertThat(yaml.out()).startsWith("instances:").contains("name: \"shop\"");
        assertThat(slept.exitCode()).as(slept.err()).isZero();
        assertThat(asleep.out()).containsPattern("default +shop +Hibernated +17[.0-9]+ +no");
        assertThat(woken.exitCode()).as(woken.err()).isZero();
        assertThat(dropped.out()).contains("was deleted");
        assertThat(run("list").out()).contains("No instances.");
    }

    @Test
    void aFailureIsOneAndTellsWhatTheToolTells() {
        var missing = run("get", "nobody");
        var wrong = run("create", "Shop");

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("pgherd: There is no instance 'nobody'");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("lower-case letters");
        assertThat(missing.out()).isEmpty();
    }

    private CommandLineRun run(String... arguments) {
        var all = Stream.of(Stream.of("instances"), Stream.of(arguments), Stream.of("--data-dir", directory.toString()))
                .flatMap(part -> part);
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
