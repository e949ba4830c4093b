package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is taken back before its turn in a batch has come does not run. */
@Timeout(120)
class GivenUpBatchTest {

    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"hold\",\"arguments\":{}}}";
    private static final String THREE =
            "[%s, %s, %s]".formatted(CALL.formatted(1), CALL.formatted(2), CALL.formatted(3));
    private static final String CANCEL =
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%d}}";

    private final BlockingQueue<CountDownLatch> held = new LinkedBlockingQueue<>();
    private McpFixture mcp;
    private String session;

    @BeforeEach
    void start() throws Exception {
        mcp = new McpFixture(McpConfig.defaults(), List.of(new ToolFake("hold", this::hold)));
        session = mcp.post(McpFixture.INITIALIZE.replace("2025-11-25", "2025-03-26"))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        held.forEach(CountDownLatch::countDown);
        mcp.close();
    }

    @Test
    void nothingOfItRunsAfterItsSession() throws Exception {
        try (var stream = open(THREE)) {
            next();

            mcp.send(mcp.request("Mcp-Session-Id", session).DELETE());

            assertThat(stream.lines().lines().filter(line -> line.startsWith("data")))
                    .isEmpty();
            assertThat(held).isEmpty();
        }
    }

    @Test
    void aRequestThatIsCancelledBeforeItsTurnDoesNotRun() throws Exception {
        try (var stream = open(THREE)) {
            var first = next();

            mcp.post(CANCEL.formatted(2), "Mcp-Session-Id", session);
            first.countDown();
            next().countDown();

            assertThat(stream.next().path("id").asInt()).isEqualTo(1);
            assertThat(stream.next().path("id").asInt()).isEqualTo(3);
            assertThat(held).isEmpty();
        }
    }

    @Test
    void itsIdsAreFreeAgainAfterwards() throws Exception {
        try (var stream = open(THREE)) {
            var first = next();
            mcp.post(CANCEL.formatted(2), "Mcp-Session-Id", session);
            mcp.post(CANCEL.formatted(3), "Mcp-Session-Id", session);
            first.countDown();
            assertThat(stream.next().path("id").asInt()).isEqualTo(1);
            assertThat(stream.lines().lines().filter(line -> line.startsWith("data")))
                    .isEmpty();
        }

        try (var again = open(THREE)) {
            for (var id = 1; id <= 3; id++) {
                next().countDown();
                assertThat(again.next().path("result").isObject()).isTrue();
            }
        }
    }

    /** The call that runs now. */
    private CountDownLatch next() throws InterruptedException {
        var call = held.poll(60, TimeUnit.SECONDS);
        assertThat(call).isNotNull();
        return call;
    }

    private EventStream open(String batch) throws Exception {
        return EventStream.of(
                mcp,
                mcp.request("Mcp-Session-Id", session)
                        .setHeader("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(batch)));
    }

    private ToolResult hold(ToolCall call) {
        var end = new CountDownLatch(1);
        call.cancellation().onRequest(end::countDown);
        held.add(end);
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ToolFake.success("held");
    }
}
