package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that run now: what their callers take back, or wait for no longer, is given up. */
public final class RunningCalls implements AutoCloseable {

    /** A closed connection shows at the second look after it at the latest. */
    private static final Duration BEAT = Duration.ofMillis(250);

    private final ConcurrentHashMap<Object, RunningCall> calls = new ConcurrentHashMap<>();
    private final Lookouts lookouts = new Lookouts();
    private final Pulse pulse = new Pulse("pgherd-mcp-callers", BEAT, this::beat);

    /** To be closed when the message is answered; only a closed connection gives it up. */
    public RunningCall begin() {
        var key = new Object();
        var call = call(key);
        calls.put(key, call);
        return call;
    }

    /** To be closed when the message is answered; its session can cancel it by its id. Empty while that id runs. */
    public Optional<RunningCall> begin(String session, JsonNode request) {
        var key = new Key(session, request);
        var call = call(key);
        return calls.putIfAbsent(key, call) == null ? Optional.of(call) : Optional.empty();
    }

    private RunningCall call(Object key) {
        return new RunningCall(ended -> calls.remove(key, ended));
    }

    public void cancel(String session, JsonNode request) {
        var call = calls.get(new Key(session, request));
        if (call != null) {
            call.giveUp();
        }
    }

    /** A session that has ended waits for nothing any more. */
    public void cancelAll(String session) {
        calls.forEach((key, call) -> {
            if (key instanceof Key known && known.session().equals(session)) {
                call.giveUp();
            }
        });
    }

    private void beat() {
        lookouts.lookForCallersOf(
                calls.values().stream().filter(RunningCall::isDue).toList());
    }

    @Override
    public void close() {
        pulse.close();
        lookouts.close();
    }

    private record Key(String session, JsonNode request) {}
}
