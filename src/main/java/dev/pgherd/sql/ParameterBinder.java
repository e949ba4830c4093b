package dev.pgherd.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds every value as text of an unspecified type, so that PostgreSQL infers the type from where the parameter stands,
 * as it does for a quoted literal. A list becomes an array, or JSON where PostgreSQL expects JSON; a map becomes JSON.
 */
final class ParameterBinder {

    private static final Set<String> JSON = Set.of("json", "jsonb");

    private final List<@Nullable Object> params;
    private final Translation translation;

    ParameterBinder(List<@Nullable Object> params, Translation translation) {
        this.params = params;
        this.translation = translation;
    }

    /** Whether PostgreSQL must be asked first what it expects. */
    boolean needsTypes() {
        return params.stream().anyMatch(List.class::isInstance);
    }

    /** Asks PostgreSQL what type it infers for each bind marker. */
    List<String> types(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(translation.jdbcSql())) {
            var metadata = statement.getParameterMetaData();
            var types = new ArrayList<String>();
            for (var marker = 1; marker <= translation.order().size(); marker++) {
                types.add(metadata.getParameterTypeName(marker));
            }
            return List.copyOf(types);
        }
    }

    /** Binds the values; {@code types} is empty or has the type for each bind marker. */
    void bind(PreparedStatement statement, List<String> types) throws SQLException {
        for (var marker = 1; marker <= translation.order().size(); marker++) {
            var value = params.get(translation.order().get(marker - 1) - 1);
            if (value == null) {
                statement.setNull(marker, Types.OTHER);
            } else {
                var json = types.size() >= marker && JSON.contains(types.get(marker - 1));
                var text = value instanceof List<?> list && !json ? ArrayLiteral.of(list) : ParameterText.of(value);
                statement.setObject(marker, text, Types.OTHER);
            }
        }
    }
}
