package dev.pgherd.mcp;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.session.LocalSession;
import dev.pgherd.mcp.stateless.LocalRequests;
import dev.pgherd.mcp.stdio.LineCalls;
import dev.pgherd.mcp.stdio.LineReader;
import dev.pgherd.mcp.tool.PgTools;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;

/** The MCP server for one program on this machine, which started this process and holds its two ends. */
public final class McpStdio implements AutoCloseable {

    private static final int LONGEST_MESSAGE = 16 << 20;

    private final Announcer announcer;
    private final LineReader input;
    private final LineCalls calls;
    private final LocalSession session;
    private final LocalRequests stateless;

    private McpStdio(
            Announcer announcer, LineReader input, LineCalls calls, LocalSession session, LocalRequests stateless) {
        this.announcer = announcer;
        this.input = input;
        this.calls = calls;
        this.session = session;
        this.stateless = stateless;
    }

    /** Speaks when it is told to serve; nothing but messages is written to the output. */
    public static McpStdio open(
            String version,
            McpConfig config,
            PgTools tools,
            ToolCalls calls,
            KnownInstances instances,
            InputStream input,
            OutputStream output) {
        var announcer = new Announcer();
        return open(
                version, config, McpFeatures.of(config, tools, calls, instances, announcer), announcer, input, output);
    }

    /** Opens it for a server that can do this; what the announcer says reaches the client. */
    public static McpStdio open(
            String version,
            McpConfig config,
            List<Feature> features,
            Announcer announcer,
            InputStream input,
            OutputStream output) {
        var card = McpEndpoint.card(version, config);
        var methods = new Methods(features);
        var calls = new LineCalls(output);
        return new McpStdio(
                announcer,
                new LineReader(input, LONGEST_MESSAGE),
                calls,
                new LocalSession(card, McpEndpoint.SESSION_VERSIONS, methods, announcer, calls),
                new LocalRequests(
                        card, McpEndpoint.VERSIONS, methods, announcer, config.stateKey(), Clock.systemUTC(), calls));
    }

    /** Answers until the input ends; what was asked before is answered still, if it does not take long. */
    public void serve() throws IOException {
        for (var line = input.next(); line.isPresent(); line = input.next()) {
            if (line.get().tooLong()) {
                calls.output()
                        .event(RpcError.invalid(413, "A message may be %d bytes long.".formatted(LONGEST_MESSAGE))
                                .json());
            } else if (!line.get().isBlank()) {
                take(RpcMessage.parse(line.get().bytes()));
            }
        }
        stateless.close();
        calls.finish();
        close();
    }

    /** Gives up what runs. */
    @Override
    public void close() {
        announcer.close();
        stateless.close();
        session.close();
        calls.close();
    }

    /** The messages of a batch are answered as if they had come alone: there is one way back for all. */
    private void take(RpcMessage message) throws IOException {
        if (message.isBatch() && session.takesBatches()) {
            for (var one : message.json()) {
                takeOne(RpcMessage.of(one));
            }
        } else {
            takeOne(message);
        }
    }

    private void takeOne(RpcMessage message) throws IOException {
        var invalid = message.refusal().or(message::wrongParams);
        if (invalid.isPresent()) {
            if (message.isAwaited()) {
                calls.output().event(invalid.get().json());
            }
        } else if (message.cancelled().isPresent()) {
            calls.cancel(message.cancelled().get());
        } else if (stateless.concern(message)) {
            stateless.take(message);
        } else {
            session.take(message);
        }
    }
}
