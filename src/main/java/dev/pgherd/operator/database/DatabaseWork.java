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
            var problems = Extensions.ensure(connection, wanted);
            if (!isGranted(entry, database) || !entry.inside().equals(digest(connection))) {
                grant(connection);
            } else if (wanted.access().restricted()) {
                run(connection, AccessSql.AGAIN);
            }
            server.ledger()
                    .put(new Entry(
                            entry.oid(),
                            entry.name(),
                            entry.created(),
                            wanted.reclaim(),
                            wanted.facts(),
                            problems.isEmpty() ? wanted.extensionFacts() : "-",
                            find().outside(),
                            digest(connection)));
            return problems;
        }
    }

    /** All or nothing, so that nobody sees more in between. */
    private void grant(Connection connection) throws SQLException {
        var sql = AccessSql.of(wanted.access(), wanted.name(), wanted.owner(), Secrets.READER, Secrets.WRITER);
        connection.setAutoCommit(false);
        run(connection, sql.text(answer(connection, AccessSql.RESTRICTED).equals("t")));
        connection.commit();
        connection.setAutoCommit(true);
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
