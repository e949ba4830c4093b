package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.Extension;
import dev.pgherd.operator.status.DatabaseProblem;
import java.sql.SQLException;
import java.util.Set;

/** Says what stands in the way of a database, and what to do about it. */
final class Problems {

    /** Classes of SQLSTATE that pass by themselves: connection, transaction, resources, object in use, shutdown. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57");

    private Problems() {}

    static DatabaseProblem of(String database, Exception e) {
        return new DatabaseProblem(
                database, String.valueOf(e.getMessage()), !(e instanceof SQLException s) || !passes(s));
    }

    static DatabaseProblem ofDrop(String database, SQLException e) {
        return new DatabaseProblem(
                database, "it was taken out of the list and cannot be dropped: " + e.getMessage(), !passes(e));
    }

    /** The spec may have been changed since, and want it again. */
    static DatabaseProblem ofUnconfirmedDrop(String database) {
        return new DatabaseProblem(
                database, "it was taken out of the list and goes when the Kubernetes API confirms that", false);
    }

    static DatabaseProblem ofAccess(String database, String why) {
        return new DatabaseProblem(
                database, "what agents may do is not yet as spec.agentAccess says, and is tried again: " + why, false);
    }

    static DatabaseProblem ofExtension(String database, Extension extension, SQLException e) {
        var version = extension.version() == null ? "" : " " + extension.version();
        return new DatabaseProblem(
                database,
                "extension %s%s: %s; take an image that has it, or correct spec.databases"
                        .formatted(extension.name(), version, e.getMessage()),
                !passes(e));
    }

    private static boolean passes(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return PASSING.stream().anyMatch(state::startsWith);
    }
}
