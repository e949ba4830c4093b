package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** The messages of a stream, one after the other as they come. */
record EventStream(BufferedReader lines) implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: ";

    /** Of a request of the stateless revision. */
    static EventStream open(McpFixture mcp, String body) throws Exception {
        var method = JSON.readTree(body).path("method").asText();
        return of(
                mcp,
                mcp.request("MCP-Protocol-Version", StatelessClient.VERSION, "Mcp-Method", method)
                        .setHeader("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    static EventStream of(McpFixture mcp, HttpRequest.Builder request) throws Exception {
        return new EventStream(new BufferedReader(new InputStreamReader(mcp.stream(request), StandardCharsets.UTF_8)));
    }

    /** Waits for it. */
    JsonNode next() throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(DATA)) {
                return JSON.readTree(line.substring(DATA.length()));
            }
        }
        throw new AssertionError("the stream has ended");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
