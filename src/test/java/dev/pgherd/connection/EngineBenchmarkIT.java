package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.pgherd.cli.Figures;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine costs beside raw JDBC through the same pool; prints figures and gives no verdict. */
@Tag("benchmark")
@Timeout(1200)
class EngineBenchmarkIT extends RegistryFixture {

    private static final int ROUNDS = 3;
    private static final Duration ROUND = Duration.ofSeconds(2);
    private static final String SELECT_1 = "SELECT 1";
    private static final String BY_KEY = "SELECT id, name, price FROM goods WHERE id BETWEEN $1 AND $2";

    @BeforeAll
    void fill() throws SQLException {
        database.asOwner(
                "CREATE TABLE goods AS SELECT n AS id, 'article number ' || n AS name, n * 1.25 AS price"
                        + " FROM generate_series(1, 100000) AS n",
                "ALTER TABLE goods ADD PRIMARY KEY (id)",
                "ANALYZE goods",
                "GRANT SELECT ON goods TO pgherd_reader");
    }

    @Test
    void besideRawJdbc() {
        registry = registry(PoolSettings.defaults().withMaximumSize(16));
        registry.put(TARGET);
        for (var callers : List.of(1, 16, 64)) {
            compare("SELECT 1", callers, this::rawOne, connection -> engine(connection, SqlRequest.of(SELECT_1), 1));
            compare(
                    "100 rows by key",
                    callers,
                    this::rawHundred,
                    connection -> engine(connection, SqlRequest.of(BY_KEY, 501, 600), 100));
        }
    }

    private void compare(String what, int callers, ConnectionWork<Integer> raw, ConnectionWork<Integer> engine) {
        measure(callers, raw);
        measure(callers, engine);
        var raws = new ArrayList<Load>();
        var engines = new ArrayList<Load>();
        for (var round = 0; round < ROUNDS; round++) {
            raws.add(measure(callers, raw));
            engines.add(measure(callers, engine));
        }
        print(what + ", " + callers + " callers, raw JDBC", Load.median(raws));
        print(what + ", " + callers + " callers, engine", Load.median(engines));
        print(what + ", " + callers + " callers, ratio", Load.median(engines).over(Load.median(raws)));
    }

    private Load measure(int callers, ConnectionWork<Integer> work) {
        var cpu = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var cpuBefore = cpu.getProcessCpuTime();
        var began = System.nanoTime();
        var all = IntStream.range(0, callers)
                .mapToObj(caller -> CompletableFuture.supplyAsync(
                        () -> calls(work, began + ROUND.toNanos()),
                        task -> new Thread(task, "caller-" + caller).start()))
                .toList();
        var latencies = all.stream()
                .map(CompletableFuture::join)
                .flatMapToLong(Arrays::stream)
                .sorted()
                .toArray();
        var seconds = (System.nanoTime() - began) / 1e9;
        var cpuSeconds = (cpu.getProcessCpuTime() - cpuBefore) / 1e9;
        return new Load(
                latencies[latencies.length / 2] / 1e6,
                latencies[(int) (latencies.length * 0.99)] / 1e6,
                latencies.length / seconds,
                cpuSeconds * 1000 / latencies.length);
    }

    private long[] calls(ConnectionWork<Integer> work, long end) {
        var latencies = new ArrayList<Long>();
        try {
            for (var now = System.nanoTime(); now < end; ) {
                assertThat(registry.call(KEY, Access.READ, work)).isPositive();
                var done = System.nanoTime();
                latencies.add(done - now);
                now = done;
            }
        } catch (InstanceUnavailableException e) {
            throw new AssertionError(e);
        }
        return latencies.stream().mapToLong(Long::longValue).toArray();
    }

    private int engine(Connection connection, SqlRequest request, int expected) throws SQLException {
        var rows = (SqlOutcome.Rows) runner.query(connection, request, SqlLimits.defaults());
        assertThat(rows.rowCount()).isEqualTo(expected);
        return expected;
    }

    private int rawOne(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(SELECT_1);
                var row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private int rawHundred(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT id, name, price FROM goods WHERE id BETWEEN ? AND ?")) {
            statement.setInt(1, 501);
            statement.setInt(2, 600);
            try (var row = statement.executeQuery()) {
                var length = 0;
                while (row.next()) {
                    length += row.getInt(1)
                            + row.getString(2).length()
                            + row.getBigDecimal(3).scale();
                }
                return length;
            }
        }
    }

    private static void print(String what, Load load) {
        Figures.print(what + ": p50 (ms)", load.p50());
        Figures.print(what + ": p99 (ms)", load.p99());
        Figures.print(what + ": calls/s", load.callsPerSecond());
        Figures.print(what + ": CPU s per 1,000 calls", load.cpu());
    }

    /** One round, or the ratio of two. */
    private record Load(double p50, double p99, double callsPerSecond, double cpu) {

        static Load median(List<Load> loads) {
            return new Load(
                    Figures.median(loads.stream().map(Load::p50).toList()),
                    Figures.median(loads.stream().map(Load::p99).toList()),
                    Figures.median(loads.stream().map(Load::callsPerSecond).toList()),
                    Figures.median(loads.stream().map(Load::cpu).toList()));
        }

        Load over(Load base) {
            return new Load(p50 / base.p50, p99 / base.p99, callsPerSecond / base.callsPerSecond, cpu / base.cpu);
        }
    }
}
