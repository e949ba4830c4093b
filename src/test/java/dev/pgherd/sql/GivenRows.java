package dev.pgherd.sql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postgresql.core.Oid;

/** Rows without a server. */
public final class GivenRows {

    private static final ResultType TEXT = new ResultType("text", Oid.TEXT, Oid.UNSPECIFIED, ',');

    private GivenRows() {}

    /** Of one text each. */
    public static JsonRows of(String... values) {
        try (var rows = new RowWriter(SqlLimits.defaults())) {
            for (var value : values) {
                rows.add(new byte[][] {value.getBytes(StandardCharsets.UTF_8)}, List.of(TEXT));
            }
            return rows.rows();
        }
    }
}
