package dev.pgherd.operator.database;

import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseChange;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The databases of a server and what is remembered of them, learned with one query.
 *
 * @param changes what was done with them since
 */
record ServerDatabases(Map<String, PresentDatabase> present, DatabaseLedger ledger, List<DatabaseChange> changes) {

    private static final String DATABASES = """
            SELECT oid, datname, pg_get_userbyid(datdba),
                   md5(concat_ws(' ', datdba, datacl, current_setting('server_version_num')::int / 10000)),
                   shobj_description(to_regrole(?)::oid, 'pg_authid')
            FROM pg_database WHERE NOT datistemplate""";

    static ServerDatabases of(Connection superuser, String instance) throws SQLException {
        var present = new LinkedHashMap<String, PresentDatabase>();
        var comment = "";
        try (var query = superuser.prepareStatement(DATABASES + " ORDER BY oid")) {
            query.setString(1, Secrets.WRITER);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    present.put(rows.getString(2), database(rows));
                    comment = String.valueOf(rows.getString(5));
                }
            }
        }
        var ledger = DatabaseLedger.parse(instance, comment);
        ledger.retain(present.values().stream().map(PresentDatabase::oid).collect(Collectors.toSet()));
        return new ServerDatabases(present, ledger, new ArrayList<>());
    }

    static Optional<PresentDatabase> find(Connection superuser, String name) throws SQLException {
        try (var query = superuser.prepareStatement(DATABASES + " AND datname = ?")) {
            query.setString(1, Secrets.WRITER);
            query.setString(2, name);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(database(rows)) : Optional.empty();
            }
        }
    }

    Optional<PresentDatabase> named(String name) {
        return Optional.ofNullable(present.get(name));
    }

    private static PresentDatabase database(ResultSet row) throws SQLException {
        return new PresentDatabase(row.getLong(1), row.getString(2), row.getString(3), row.getString(4));
    }
}
