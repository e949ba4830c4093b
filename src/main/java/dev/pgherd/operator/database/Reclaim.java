package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.ReclaimPolicy;
import dev.pgherd.operator.database.DatabaseLedger.Entry;
import dev.pgherd.operator.database.access.Identifier;
import dev.pgherd.operator.status.DatabaseChange;
import dev.pgherd.operator.status.DatabaseProblem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Drops the databases that were taken out of the list, where that was asked for while they were in it. */
final class Reclaim {

    private Reclaim() {}

    /** @param newest asked only where there is something to drop, and then once */
    static List<DatabaseProblem> unlisted(
            Connection superuser,
            PostgresInstance instance,
            ServerDatabases server,
            Predicate<PostgresInstance> newest) {
        var wanted = new HashSet<String>();
        wanted.add(instance.wish().initdb().database());
        WantedDatabase.of(instance).forEach(database -> wanted.add(database.name()));
        var going = server.present().values().stream()
                .filter(database -> server.ledger()
                        .of(database)
                        .filter(entry -> goes(entry, wanted))
                        .isPresent())
                .toList();
        if (going.isEmpty()) {
            return List.of();
        }
        return newest.test(instance)
                ? drop(superuser, server, going)
                : going.stream()
                        .map(database -> Problems.ofUnconfirmedDrop(database.name()))
                        .toList();
    }

    private static List<DatabaseProblem> drop(
            Connection superuser, ServerDatabases server, List<PresentDatabase> going) {
        var problems = new ArrayList<DatabaseProblem>();
        for (var database : going) {
            try (var statement = superuser.createStatement()) {
                statement.execute("DROP DATABASE %s WITH (FORCE)".formatted(Identifier.quoted(database.name())));
                server.ledger().forget(database.oid());
                server.changes().add(new DatabaseChange.Dropped(database.name()));
            } catch (SQLException e) {
                problems.add(Problems.ofDrop(database.name(), e));
            }
        }
        return problems;
    }

    /** Only what PgHerd itself created: a database that was there before is nobody's to drop but its owner's. */
    private static boolean goes(Entry entry, Set<String> wanted) {
        return entry.created() && entry.reclaim() == ReclaimPolicy.Delete && !wanted.contains(entry.name());
    }
}
