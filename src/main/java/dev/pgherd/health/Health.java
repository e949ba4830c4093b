package dev.pgherd.health;

import dev.pgherd.schema.Visibility;
import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Examines a database with the role of a connection, less what the rules of the limits keep from agents. */
public record Health(SqlRunner runner) {

    private static final List<HealthCheck> CHECKS = List.of(
            new Cache(),
            new Bloat(),
            new Indexes(),
            new ForeignKeys(),
            new Vacuum(),
            new Sequences(),
            new Connections(),
            new Transactions(),
            new Locks());

    /** The one that needs more than reading tables: values of sequences are for those who take numbers from them. */
    public static final String SEQUENCES = "sequences";

    /** The names of all checks. */
    public static List<String> names() {
        return CHECKS.stream().map(HealthCheck::name).toList();
    }

    /**
     * Runs some of the checks.
     *
     * @throws SQLException when the connection is lost
     */
    public Report examine(Connection connection, Collection<String> names, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        var report = Report.empty();
        for (var check : CHECKS) {
            if (names.contains(check.name())) {
                report = report.and(examine(connection, check, limits, cancellation));
            }
        }
        return report;
    }

    private Report examine(Connection connection, HealthCheck check, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        var outcome = runner.query(connection, SqlRequest.of(sql(check)), Reading.limits(limits), cancellation);
        if (!(outcome instanceof SqlOutcome.Rows rows)) {
            return Report.unread(check.name(), Reading.problem(outcome));
        }
        var visibility = new Visibility(limits.policy());
        var judgement = check.judge(Reading.rows(rows).stream()
                .map(row -> Reading.shown(row, visibility))
                .flatMap(Optional::stream)
                .toList());
        return Report.of(check.name(), judgement, rows.truncated());
    }

    private static String sql(HealthCheck check) {
        try (var file = Objects.requireNonNull(Health.class.getResourceAsStream(check.name() + ".sql"), check.name())) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
