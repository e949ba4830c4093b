package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.config.McpConfig;
import dev.pgherd.load.RawRequest;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever holds a stream and does not read it keeps nobody waiting, and is let go in the end. */
@Timeout(90)
class SilentListenersTest {

    /** To wait for each of them until it is given up would take longer than the test may. */
    private static final int SILENT = 5;

    /** More than the machine takes for a reader who does not read, and more than the server keeps for one. */
    private static final int NEWS = 300;

    private static final String URI = "x:" + "y".repeat(60_000);

    private final Announcer announcer = new Announcer();
    private final List<Socket> silent = new ArrayList<>();
    private McpFixture mcp;

    @BeforeEach
    void start() {
        var follow = new Feature("test", Map.of("test/follow", SilentListenersTest::follow));
        mcp = new McpFixture(meters -> McpEndpoint.open("1.2.3", McpConfig.defaults(), List.of(follow), announcer));
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : silent) {
            socket.close();
        }
        mcp.close();
    }

    @Test
    void othersHearTheNewsAndTheSilentOnesAreLetGo() throws Exception {
        // Given
        for (var number = 0; number < SILENT; number++) {
            silent.add(listenInSilence(session()));
        }
        try (var stream =
                EventStream.of(mcp, mcp.request("Mcp-Session-Id", session()).GET())) {
            for (var number = 0; number < NEWS; number++) {
                // When
                announcer.say(new News.ResourceUpdated(URI));

                // Then
                assertThat(stream.next().at("/params/uri").asText()).isEqualTo(URI);
            }
        }
        for (var socket : silent) {
            readToTheEnd(socket);
        }
    }

    private Socket listenInSilence(String session) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), mcp.port()));
        socket.getOutputStream().write(RawRequest.get(McpEndpoint.PATH, "Mcp-Session-Id: " + session));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    private static void readToTheEnd(Socket socket) throws IOException {
        try {
            var buffer = new byte[64 * 1024];
            while (socket.getInputStream().read(buffer) >= 0) {
                // What the machine had taken before the server gave up
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private String session() throws Exception {
        var session = mcp.post(McpFixture.INITIALIZE)
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        var follow =
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"test/follow\",\"params\":{\"uri\":\"%s\"}}".formatted(URI);
        assertThat(mcp.post(follow, "Mcp-Session-Id", session).statusCode()).isEqualTo(200);
        return session;
    }

    private static ObjectNode follow(Request request) {
        request.session().orElseThrow().follow(request.required("uri"));
        return JsonNodeFactory.instance.objectNode();
    }
}
