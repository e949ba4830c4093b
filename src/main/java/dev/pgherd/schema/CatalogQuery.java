package dev.pgherd.schema;

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
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One of the SQL files beside this class, run as agents' statements are. */
record CatalogQuery(SqlRunner runner, Connection connection, SqlLimits limits, Cancellation cancellation) {

    /**
     * Runs it.
     *
     * @throws CatalogUnreadableException when there are no rows to be had
     * @throws SQLException when the connection is lost
     */
    CatalogRows run(String file, @Nullable Object... parameters) throws SQLException {
        var request = SqlRequest.of(text(file), parameters);
        var outcome = runner.query(connection, request, limits, cancellation);
        if (!(outcome instanceof SqlOutcome.Rows found)) {
            throw new CatalogUnreadableException(outcome);
        }
        var places = new HashMap<String, Integer>();
        for (var place = 0; place < found.columns().size(); place++) {
            places.put(found.columns().get(place).name(), place);
        }
        var rows = StreamSupport.stream(found.rows().spliterator(), false)
                .map(cells -> new CatalogRow(places, cells))
                .toList();
        return new CatalogRows(rows, !found.truncated(), found.bytes());
    }

    private static String text(String file) {
        try (var stream = Objects.requireNonNull(CatalogQuery.class.getResourceAsStream(file + ".sql"), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("while reading " + file + ".sql from the program", e);
        }
    }

    /**
     * What the catalog said.
     *
     * @param bytes about how much it is
     */
    record CatalogRows(List<CatalogRow> rows, boolean complete, long bytes) {}
}
