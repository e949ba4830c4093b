package dev.pgherd.schema;

import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import dev.pgherd.sql.guard.Policy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks the catalog, in the way in which agents' statements are run. These are our own: an instance's rules are held against
 * what they bring instead.
 */
record CatalogQuery(SqlRunner runner, Connection connection, Duration timeout, Cancellation cancellation) {

    /** About 50,000 tables; whoever has more is told that these are not all. */
    private static final int MOST_ROWS = 100_000;

    /** So many come in one round trip. */
    private static final int FEW_ROWS = 1_000;

    private static final int MOST_BYTES = 8 << 20;
    private static final int LONGEST_CELL = 1 << 18;

    /**
     * For what may be much.
     *
     * @throws CatalogUnreadableException when there are no rows to be had
     * @throws SQLException when the connection is lost
     */
    CatalogRows all(CatalogText text) throws SQLException {
        return run(text, MOST_ROWS);
    }

    /** As {@link #all}, for what is little nearly always. */
    CatalogRows few(CatalogText text, String parameter) throws SQLException {
        var rows = run(text, FEW_ROWS, parameter);
        return rows.complete() ? rows : run(text, MOST_ROWS, parameter);
    }

    private CatalogRows run(CatalogText text, int mostRows, @Nullable Object... parameters) throws SQLException {
        var limits = new SqlLimits(timeout, mostRows, MOST_BYTES, LONGEST_CELL, Policy.OPEN);
        var outcome = runner.query(connection, SqlRequest.of(text.sql(), parameters), limits, cancellation);
        if (!(outcome instanceof SqlOutcome.Rows found)) {
            throw new CatalogUnreadableException(outcome);
        }
        var places = new HashMap<String, Integer>();
        for (var place = 0; place < found.columns().size(); place++) {
            places.put(found.columns().get(place).name(), place);
        }
        var rows = StreamSupport.stream(found.rows().tree().spliterator(), false)
                .map(cells -> new CatalogRow(places, cells))
                .toList();
        return new CatalogRows(rows, !found.truncated(), found.bytes());
    }

    /**
     * What the catalog said.
     *
     * @param bytes about how much it is
     */
    record CatalogRows(List<CatalogRow> rows, boolean complete, long bytes) {}
}
