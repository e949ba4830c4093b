package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.status.DatabaseProblem;
import dev.pgherd.operator.status.DatabaseState;
import java.sql.SQLException;
import java.util.List;

/** What the operator makes of the databases that a spec lists. */
abstract class DatabasesFixture extends EmptyServerFixture {

    List<DatabaseProblem> problems(String... databases) {
        var state = server.reconcile(instance(databases));
        assertThat(state).isInstanceOf(DatabaseState.Reached.class);
        return ((DatabaseState.Reached) state).problems();
    }

    static PostgresInstance instance(String... databases) {
        return OperatedServer.instance("one", "databases: [%s]".formatted(String.join(", ", databases)));
    }

    String owner(String database) throws SQLException {
        return server.ask(
                "postgres", "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '%s'".formatted(database));
    }
}
