package dev.pgherd.mcp;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.config.McpConfig;
import dev.pgherd.load.RawConnection;
import dev.pgherd.load.RawRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ManySessionsTest {

    private static final int SESSIONS = 1_000;

    private McpFixture mcp;

    @BeforeEach
    void start() {
        mcp = new McpFixture(McpConfig.from(Map.of(McpConfig.SESSION_IDLE_SECONDS, "20")), List.of(ToolFake.echo()));
    }

    @AfterEach
    void stop() {
        mcp.close();
    }

    @Test
    void aThousandCallersAtATimeAreAnsweredAndNothingIsLeftOfThemWhenTheyVanish() throws Exception {
        // Given
        Session.open(mcp.port(), true).end();
        var before = Leftovers.in(mcp);

        // When
        var sessions = inParallel(IntStream.range(0, SESSIONS)
                .<Callable<Session>>mapToObj(number -> () -> Session.open(mcp.port(), number % 2 == 1))
                .toList());
        var answers = inParallel(IntStream.range(0, SESSIONS)
                .<Callable<String>>mapToObj(number -> () -> sessions.get(number).echo("caller " + number))
                .toList());

        // Then
        assertThat(Leftovers.in(mcp).connections()).isGreaterThanOrEqualTo(2 * SESSIONS);
        assertThat(Leftovers.in(mcp).busyThreads()).isLessThan(10);
        for (var number = 0; number < SESSIONS; number++) {
            assertThat(answers.get(number)).contains("\"text\":\"caller " + number + "\"");
        }

        assertThat(sessionsOpen()).isEqualTo(SESSIONS);

        // When
        for (var number = 0; number < SESSIONS; number++) {
            if (number % 2 == 1) {
                sessions.get(number).end();
            } else {
                sessions.get(number).vanish();
            }
        }

        // Then
        await().atMost(Duration.ofSeconds(60)).until(() -> sessionsOpen() == 0);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(Leftovers.in(mcp)).isEqualTo(new Leftovers(0, 0, before.ownThreads())));
        for (var session : sessions) {
            var answer = mcp.post(Session.call("late"), "Mcp-Session-Id", session.id());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        }
    }

    private int sessionsOpen() {
        return (int) requireNonNull(mcp.registry().find("pgherd.mcp.sessions").gauge())
                .value();
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        var callers = Executors.newFixedThreadPool(32);
        try {
            var futures = callers.invokeAll(tasks, 60, TimeUnit.SECONDS);
            return futures.stream().map(ManySessionsTest::result).toList();
        } finally {
            callers.shutdownNow();
        }
    }

    private static <T> T result(Future<T> ended) {
        try {
            return ended.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** With a connection for calls, and one that may carry a stream of what the server has to say. */
    private record Session(String id, RawConnection calls, RawConnection stream) {

        static Session open(int port, boolean listening) throws IOException {
            var calls = RawConnection.open(port);
            assertThat(calls.exchange(RawRequest.post(McpEndpoint.PATH, McpFixture.INITIALIZE)))
                    .isEqualTo(200);
            var id = calls.header("Mcp-Session-Id").orElseThrow();
            var stream = RawConnection.open(port);
            if (listening) {
                stream.send(RawRequest.get(McpEndpoint.PATH, "Mcp-Session-Id: " + id));
                assertThat(stream.readHead()).isEqualTo(200);
            }
            return new Session(id, calls, stream);
        }

        String echo(String text) throws IOException {
            var status = calls.exchange(RawRequest.post(McpEndpoint.PATH, call(text), "Mcp-Session-Id: " + id));
            assertThat(status).as(calls.body()).isEqualTo(200);
            return calls.body();
        }

        static String call(String text) {
            return """
                    {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"%s"}}}""".formatted(text);
        }

        /** Says good-bye; then its stream ends, too. */
        void end() throws IOException {
            var good = calls.exchange(RawRequest.delete(McpEndpoint.PATH, "Mcp-Session-Id: " + id));
            assertThat(good).as(calls.body()).isLessThan(300);
            vanish();
        }

        void vanish() throws IOException {
            calls.vanish();
            stream.vanish();
        }
    }
}
