package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.status.DatabaseChange;
import dev.pgherd.operator.status.DatabaseProblem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes the databases of an instance what the spec asks for; the failure of one does not keep the others. A pass with
 * nothing to do costs one query; what only a look into a database shows is looked at from time to time.
 */
final class Databases {

    private final Login login;
    private final Predicate<PostgresInstance> newest;
    private final Clock clock;

    Databases(Login login, Predicate<PostgresInstance> newest, Clock clock) {
        this.login = login;
        this.newest = newest;
        this.clock = clock;
    }

    /** What stands in the way, and what was done. */
    record Found(List<DatabaseProblem> problems, List<DatabaseChange> changes) {}

    Found ensure(Connection superuser, PostgresInstance instance, DatabaseSecrets secrets) throws SQLException {
        var server = ServerDatabases.of(
                superuser, String.valueOf(instance.getMetadata().getUid()));
        var problems = new ArrayList<DatabaseProblem>();
        for (var wanted : WantedDatabase.of(instance)) {
            var work = new DatabaseWork(superuser, server, wanted, name -> login.open(instance, secrets, name));
            try {
                problems.addAll(work.ensure(LookSchedule.due(instance, wanted.name(), clock.instant())));
            } catch (SQLException | IOException e) {
                problems.add(Problems.of(wanted.name(), e));
            }
        }
        problems.addAll(Reclaim.unlisted(superuser, instance, server, newest));
        server.ledger().save(superuser);
        return new Found(problems, server.changes());
    }
}
