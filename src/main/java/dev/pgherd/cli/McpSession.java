package dev.pgherd.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** An agent's side of the conversation: the official client of the Model Context Protocol, over HTTP. */
final class McpSession implements AutoCloseable {

    private static final Duration LONGEST_CALL = Duration.ofMinutes(3);

    private final McpSyncClient client;

    private McpSession(McpSyncClient client) {
        this.client = client;
    }

    /**
     * Connects and introduces itself.
     *
     * @param progress is told what a long call reports on its way
     */
    static McpSession open(String baseUrl, String version, Consumer<String> progress) {
        var transport = HttpClientStreamableHttpTransport.builder(baseUrl)
                .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
                .build();
        var client = McpClient.sync(transport)
                .clientInfo(
                        McpSchema.Implementation.builder("pgherd-demo", version).build())
                .requestTimeout(LONGEST_CALL)
                .progressConsumer(notification -> progress.accept(notification.message()))
                .build();
        client.initialize();
        return new McpSession(client);
    }

    /** The names of the tools on offer. */
    String tools() {
        return client.listTools().tools().stream().map(McpSchema.Tool::name).collect(Collectors.joining(", "));
    }

    /**
     * Calls a tool and returns its answer as text.
     *
     * @throws CommandFailedException when the tool says that it failed
     */
    String call(String tool, Map<String, Object> arguments) {
        var result = client.callTool(McpSchema.CallToolRequest.builder(tool)
                .arguments(arguments)
                .progressToken(tool)
                .build());
        var text = result.content().stream()
                .filter(McpSchema.TextContent.class::isInstance)
                .map(content -> ((McpSchema.TextContent) content).text())
                .collect(Collectors.joining("\n"));
        if (Boolean.TRUE.equals(result.isError())) {
            throw new CommandFailedException("the tool %s failed: %s".formatted(tool, text));
        }
        return text;
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
