package dev.pgherd.operator.database;

import dev.pgherd.operator.database.DatabaseLedger.Entry;
import dev.pgherd.operator.database.access.AccessSql;
import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseChange;
import dev.pgherd.operator.status.DatabaseProblem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one pass does about one database. */
final class DatabaseWork {

    private final Connection superuser;
    private final ServerDatabases server;
    private final WantedDatabase wanted;
    private final Inside inside;

    /** Opens the operator's connection to a database. */
    @FunctionalInterface
    interface Inside {
        Connection open(String database) throws IOException, SQLException;
    }

    DatabaseWork(Connection superuser, ServerDatabases server, WantedDatabase wanted, Inside inside) {
        this.superuser = superuser;
        this.server = server;
        this.wanted = wanted;
        this.inside = inside;
    }

    List<DatabaseProblem> ensure(boolean look) throws IOException, SQLException {
        var present = server.named(wanted.name());
        var known = present.flatMap(server.ledger()::of);
        known.ifPresent(entry -> server.ledger().put(entry.with(wanted.reclaim())));
        if (!look && known.isPresent() && isSettled(known.get(), present.orElseThrow())) {
            return List.of();
        }
        run(superuser, RolesAndGrants.owner(wanted.owner()));
        var database = present.isPresent() ? present.get() : created();
        if (!database.owner().equals(wanted.owner())) {
            run(superuser, RolesAndGrants.ownership(wanted.name(), wanted.owner()));
        }
        var entry = server.ledger().of(database).orElseGet(() -> Entry.fresh(database, false, wanted.reclaim()));
        return furnish(database, entry);
    }

    private boolean isSettled(Entry entry, PresentDatabase present) {
        return isGranted(entry, present) && entry.extensions().equals(wanted.extensionFacts());
    }

    private boolean isGranted(Entry entry, PresentDatabase present) {
        return entry.facts().equals(wanted.facts()) && entry.outside().equals(present.outside());
    }

    /** Remembered at once: whatever fails later, it is known who made it. */
    private PresentDatabase created() throws SQLException {
        run(superuser, RolesAndGrants.database(wanted.name(), wanted.owner()));
        var database = find();
        server.ledger().put(Entry.fresh(database, true, wanted.reclaim()));
        server.ledger().save(superuser);
        server.changes().add(new DatabaseChange.Created(wanted.name()));
        return database;
    }

    private List<DatabaseProblem> furnish(PresentDatabase database, Entry entry) throws IOException, SQLException {
        try (var connection = inside.open(wanted.name())) {
            // Each statement of an extension would call our event trigger; what it does is done below.
            run(connection, "SET session_replication_role = replica");
            var problems = Extensions.ensure(connection, wanted);
            var sql = AccessSql.of(wanted.access(), wanted.name(), wanted.owner(), Secrets.READER, Secrets.WRITER);
            var undone = new AgentPrivileges(connection, sql)
                    .grant(!isGranted(entry, database) || !entry.inside().equals(digest(connection)));
            server.ledger()
                    .put(new Entry(
                            entry.oid(),
                            entry.name(),
                            entry.created(),
                            wanted.reclaim(),
                            undone.isEmpty() ? wanted.facts() : "-",
                            problems.isEmpty() ? wanted.extensionFacts() : "-",
                            find().outside(),
                            digest(connection)));
            return Stream.concat(problems.stream(), undone.map(why -> Problems.ofAccess(wanted.name(), why)).stream())
                    .toList();
        }
    }

    private PresentDatabase find() throws SQLException {
        return ServerDatabases.find(superuser, wanted.name())
                .orElseThrow(() -> new SQLException("it was dropped by somebody else", "55000"));
    }

    private static String digest(Connection connection) throws SQLException {
        return answer(connection, RolesAndGrants.INSIDE);
    }

    private static String answer(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return Optional.ofNullable(rows.getString(1)).orElse("-");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
