package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseProblem;
import dev.pgherd.operator.status.DatabaseState;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real server for the tests of a class, and what the roles of agents reach in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AgentRolesFixture {

    static final String OWNER = "app";

    OperatedServer server;

    @BeforeAll
    void start() {
        server = new OperatedServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    void access(String spec) {
        assertThat(problems(spec)).isEmpty();
    }

    List<DatabaseProblem> problems(String spec) {
        var state = server.reconcile(OperatedServer.instance("one", spec));
        assertThat(state).isInstanceOf(DatabaseState.Reached.class);
        return ((DatabaseState.Reached) state).problems();
    }

    void reads(String sql) throws SQLException {
        server.run(Secrets.READER, "app", sql);
    }

    void writes(String sql) throws SQLException {
        server.run(Secrets.WRITER, "app", sql);
    }

    void refused(String... statements) {
        for (var sql : statements) {
            server.refused(Secrets.READER, "app", sql);
        }
    }
}
