package dev.pgherd.mcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningCallsTest {

    private static final String ANSWER = "data: {\"result\":{}}\n\n";

    private final RunningCalls calls = new RunningCalls();
    private final StringWriter heard = new StringWriter();
    private final EventWriter stream = stream(heard);

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void whatIsGivenUpBeforeItsStreamIsOpenIsNotAnswered() {
        // Given
        var call = begin(7);
        calls.cancel("session", IntNode.valueOf(7));

        // When
        call.answersOn(stream);
        stream.write(ANSWER);
        stream.flush();

        // Then
        assertThat(call.givenUp()).isTrue();
        assertThat(heard.toString()).isEmpty();
    }

    @Test
    void aStreamThatIsOpenedAfterTheEndHasNoSignsOfLife() {
        // Given
        var call = begin(7);
        call.close();

        // When
        call.answersOn(stream);
        call.lookForCaller();
        call.lookForCaller();

        // Then
        assertThat(heard.toString()).isEmpty();
    }

    @Test
    void oneCallerWhoCannotBeWrittenToDoesNotSilenceTheOthers() {
        // Given
        var broken = begin(7);
        broken.answersOn(stream(new BrokenWriter()));
        Awaitility.await().until(broken::givenUp);

        // When
        begin(8).answersOn(stream);

        // Then
        Awaitility.await().until(() -> heard.toString().startsWith(":\n"));
    }

    @Test
    void aSessionThatEndsGivesUpItsOwnCallsOnly() {
        // Given
        var own = begin(7);
        var other = calls.begin("other", message(7));

        // When
        calls.cancelAll("session");

        // Then
        assertThat(own.givenUp()).isTrue();
        assertThat(other.givenUp()).isFalse();
    }

    private RunningCall begin(int id) {
        return calls.begin("session", message(id));
    }

    private static RpcMessage message(int id) {
        return RpcMessage.parse("""
                {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"query"}}""".formatted(id).getBytes(StandardCharsets.UTF_8));
    }

    private static EventWriter stream(Writer writer) {
        return new EventWriter(new PrintWriter(writer), () -> {});
    }

    /** As a connection that the server has forgotten. */
    private static final class BrokenWriter extends Writer {

        @Override
        public void write(char[] text, int offset, int length) {
            throw new IllegalStateException("gone");
        }

        @Override
        public void flush() {
            throw new IllegalStateException("gone");
        }

        @Override
        public void close() {
            throw new IllegalStateException("gone");
        }
    }
}
