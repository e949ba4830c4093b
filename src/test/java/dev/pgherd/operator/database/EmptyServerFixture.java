package dev.pgherd.operator.database;

import dev.pgherd.devcluster.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** One real server for the tests of a class, in which each finds no role and no database but those of a new one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmptyServerFixture {

    PostgresServer postgres;
    OperatedServer server;

    @BeforeAll
    void start() {
        postgres = PostgresServer.start();
    }

    @AfterAll
    void stop() {
        postgres.close();
    }

    @BeforeEach
    void operate() {
        server = new OperatedServer(postgres);
    }

    @AfterEach
    void empty() throws SQLException {
        try (var connection = postgres.connect("postgres", postgres.superuserPassword(), "postgres")) {
            run(connection, """
                    SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database
                    WHERE NOT datistemplate AND datname <> 'postgres'""");
            run(connection, """
                    SELECT format('DROP OWNED BY %1$I; DROP ROLE %1$I', rolname) FROM pg_roles
                    WHERE rolname NOT LIKE 'pg\\_%' AND rolname <> 'postgres'""");
        }
    }

    /** Runs the statements that a query puts together. */
    private static void run(Connection connection, String query) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                statements.add(rows.getString(1));
            }
        }
        for (var sql : statements) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
