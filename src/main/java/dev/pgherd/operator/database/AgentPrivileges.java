package dev.pgherd.operator.database;

import dev.pgherd.operator.database.access.AccessSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes what agents may do in a database what it is to be, and tells what could not be done. */
final class AgentPrivileges {

    /** Whoever holds a lock on many tables is not waited for at each of them. */
    private static final int MOST_FAILURES = 10;

    private final Connection connection;
    private final AccessSql sql;
    private final List<String> undone = new ArrayList<>();

    AgentPrivileges(Connection connection, AccessSql sql) {
        this.connection = connection;
        this.sql = sql;
    }

    /** What was refused to agents is so before owners change, which takes long and can fail. */
    Optional<String> grant(boolean all) throws SQLException {
        run(AccessSql.GIVE_WAY);
        if (all) {
            rules();
        }
        runAll(sql.again());
        if (takeOwnership()) {
            runAll(sql.again());
        }
        if (sql.leftOver().isPresent()) {
            undone.addAll(answers(sql.leftOver().get()));
        }
        return undone.stream().findFirst();
    }

    private void rules() throws SQLException {
        var before = answers(AccessSql.RESTRICTED).contains("t");
        runAll(sql.always());
        if (before || sql.restricted()) {
            var known = undone.size();
            run(sql.unmark(before ? answers(AccessSql.RULES) : List.of()));
            connection.setAutoCommit(false);
            run(sql.objects(!before || undone.size() == known));
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private boolean takeOwnership() throws SQLException {
        var taken = false;
        var failures = 0;
        for (var query : sql.owning()) {
            for (var command : answers(query)) {
                try {
                    run(command);
                    taken = true;
                } catch (SQLException e) {
                    undone.add(command + ": " + e.getMessage());
                    if (++failures == MOST_FAILURES || connection.isClosed()) {
                        return taken;
                    }
                }
            }
        }
        return taken;
    }

    private void runAll(List<String> commands) throws SQLException {
        for (var command : commands) {
            run(command);
        }
    }

    private List<String> answers(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var answers = new ArrayList<String>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    private void run(String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
            for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
                if (AccessSql.UNDONE.equals(warning.getSQLState())) {
                    undone.add(warning.getMessage());
                }
            }
        }
    }
}
