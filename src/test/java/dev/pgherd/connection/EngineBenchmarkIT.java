package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.pgherd.sql.ConnectionOptions;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the engine costs beside JDBC through the same pool; prints figures and gives no verdict.
 *
 * <ul>
 *   <li>raw: a connection of the pool, a PreparedStatement with the same parameters, all values read as strings, closed
 *   <li>read only: the same in a read-only transaction that is rolled back, as every client must that is not trusted
 *   <li>engine: a connection of the pool, and the statement run within limits, its rows as JSON
 *   <li>lent: the same with a connection from the registry, as tools do
 * </ul>
 */
@Tag("benchmark")
@Timeout(1200)
class EngineBenchmarkIT extends RegistryFixture {

    private static final int CONNECTIONS = 16;
    private static final PoolSettings SETTINGS = PoolSettings.defaults()
            .withOpening((target, version) ->
                    ConnectionOptions.of(SqlLimits.defaults().statementTimeout(), version));
    private static final SqlRequest ONE = SqlRequest.of("SELECT 1");
    private static final SqlRequest HUNDRED =
            SqlRequest.of("SELECT id, name, price FROM goods WHERE id BETWEEN $1 AND $2", 501, 600);

    private HikariDataSource pool;

    @BeforeAll
    void fill() throws SQLException {
        database.asOwner(
                "CREATE TABLE goods AS SELECT n AS id, 'article number ' || n AS name, n * 1.25 AS price"
                        + " FROM generate_series(1, 100000) AS n",
                "ALTER TABLE goods ADD PRIMARY KEY (id)",
                "ANALYZE goods",
                "GRANT SELECT ON goods TO pgherd_reader");
    }

    @BeforeEach
    void openPool() throws SQLException {
        var source = new RoutedDataSource(route, TARGET, Access.READ, SETTINGS);
        source.getConnection().close(); // knows its server from now on
        pool = new HikariDataSource();
        pool.setDataSource(source);
        pool.setMaximumPoolSize(CONNECTIONS);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void besideRawJdbc() throws Exception {
        registry = registry(SETTINGS.withMaximumSize(CONNECTIONS));
        registry.put(TARGET);
        for (var callers : List.of(1, 16, 64)) {
            compare("SELECT 1, callers: " + callers, callers, ONE, "SELECT 1", 1);
            compare(
                    "100 rows by key, callers: " + callers,
                    callers,
                    HUNDRED,
                    "SELECT id, name, price FROM goods WHERE id BETWEEN ? AND ?",
                    100);
        }
    }

    private void compare(String what, int callers, SqlRequest request, String jdbc, int expected) throws Exception {
        var comparison = new LoadComparison(callers, this::serverProcesses)
                .with("raw", () -> raw(jdbc, request.params(), expected))
                .with("read only", () -> readOnly(jdbc, request.params(), expected))
                .with("engine", () -> {
                    try (var connection = pool.getConnection()) {
                        engine(connection, request, expected);
                    }
                })
                .with("lent", () -> registry.call(KEY, Access.READ, lent -> engine(lent, request, expected)));
        System.out.println(comparison.table(what));
    }

    private int engine(Connection connection, SqlRequest request, int expected) throws SQLException {
        var rows = (SqlOutcome.Rows) runner.query(connection, request, SqlLimits.defaults());
        assertThat(rows.rowCount()).isEqualTo(expected);
        return expected;
    }

    private void raw(String sql, List<?> params, int expected) throws SQLException {
        try (var connection = pool.getConnection()) {
            read(connection, sql, params, expected);
        }
    }

    private void readOnly(String sql, List<?> params, int expected) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            read(connection, sql, params, expected);
            connection.rollback();
        }
    }

    private static void read(Connection connection, String sql, List<?> params, int expected) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < params.size(); i++) {
                statement.setObject(i + 1, params.get(i));
            }
            try (var row = statement.executeQuery()) {
                var columns = row.getMetaData().getColumnCount();
                var values = 0;
                while (row.next()) {
                    for (var i = 1; i <= columns; i++) {
                        values += row.getString(i).isEmpty() ? 0 : 1;
                    }
                }
                assertThat(values).isEqualTo(expected * columns);
            }
        }
    }

    private List<Long> serverProcesses() throws SQLException {
        var pids =
                database.ask("SELECT string_agg(pid::text, ',') FROM pg_stat_activity WHERE usename = 'pgherd_reader'");
        return List.of(pids.split(",")).stream().map(Long::valueOf).toList();
    }
}
