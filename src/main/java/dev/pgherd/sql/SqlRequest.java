package dev.pgherd.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One statement as a caller wrote it, and the values for {@code $1}, {@code $2}, ...: JSON-like values, that is String,
 * Number, Boolean, null, List or Map.
 */
public record SqlRequest(String sql, List<@Nullable Object> params) {

    public SqlRequest {
        Objects.requireNonNull(sql, "sql is null");
        params = Collections.unmodifiableList(new ArrayList<>(params));
    }

    public static SqlRequest of(String sql, @Nullable Object... params) {
        var list = new ArrayList<@Nullable Object>(params.length);
        Collections.addAll(list, params);
        return new SqlRequest(sql, list);
    }

    /** Shows neither the text nor the values: both may hold what must not reach a log. */
    @Override
    public String toString() {
        return "SqlRequest[%d characters, %d parameters]".formatted(sql.length(), params.size());
    }
}
