package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgherd.operator.status.DatabaseState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of what agents may not see all of, by PostgreSQL's own programs where they are on the path. */
class AgentDumpTest {

    private static final String BLOCKED = "agentAccess: {blocked: {tables: [public.secrets], columns: ['*.ssn']}}";

    @TempDir
    Path directory;

    @Test
    void theOwnerDumpsARestrictedDatabaseAndRestoresItAnywhere() throws Exception {
        try (var from = new OperatedServer();
                var open = new OperatedServer();
                var restricted = new OperatedServer()) {
            access(from, BLOCKED);
            assumeThat(major(List.of("pg_dump", "--version")))
                    .isGreaterThanOrEqualTo(Integer.parseInt(from.ask("app", "SHOW server_version_num")) / 10_000);
            access(open, "agentAccess: {}");
            access(restricted, BLOCKED);
            from.run("app", "app", """
                    CREATE TABLE secrets (id serial PRIMARY KEY, v text);
                    CREATE TABLE users (id int PRIMARY KEY, ssn text, name text);
                    INSERT INTO users VALUES (1, '111', 'Ada')""");
            from.run("pgherd_writer", "app", "CREATE TABLE made (id int)");
            var file = directory.resolve("dump").toString();
            run(from, "pg_dump", "-Fc", "-f", file);

            for (var to : List.of(open, restricted)) {
                run(to, "pg_restore", "--exit-on-error", "-d", "app", file);

                access(to, BLOCKED);
                to.run("pgherd_reader", "app", "SELECT name FROM users");
                to.refused("pgherd_reader", "app", "SELECT ssn FROM users");
                to.refused("pgherd_reader", "app", "SELECT * FROM secrets");
                to.run("pgherd_writer", "app", "DROP TABLE made");
            }
        }
    }

    private static void access(OperatedServer server, String spec) throws SQLException {
        assertThat(server.reconcile(OperatedServer.instance("one", spec)))
                .isInstanceOfSatisfying(
                        DatabaseState.Reached.class,
                        reached -> assertThat(reached.problems()).isEmpty());
    }

    private static int major(List<String> command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Integer.parseInt(said.replaceAll("(?s)^\\D*(\\d+).*", "$1")) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void run(OperatedServer server, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", String.valueOf(server.port()));
        builder.environment().put("PGUSER", "app");
        builder.environment().put("PGPASSWORD", OperatedServer.PASSWORD);
        if (command[0].equals("pg_dump")) {
            builder.environment().put("PGDATABASE", "app");
        }
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).describedAs(said).isZero();
    }
}
