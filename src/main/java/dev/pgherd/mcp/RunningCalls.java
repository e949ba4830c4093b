package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The calls of tools that run now: what their callers take back, or wait for no longer, is given up. */
final class RunningCalls implements AutoCloseable {

    /** A closed connection shows at the second write after it at the latest. */
    private static final Duration BEAT = Duration.ofMillis(250);

    private final ConcurrentHashMap<Key, RunningCall> calls = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "pgherd-mcp-callers");
        thread.setDaemon(true);
        return thread;
    });

    RunningCalls() {
        var unused = beats.scheduleWithFixedDelay(
                () -> calls.values().forEach(RunningCall::lookForCaller),
                BEAT.toMillis(),
                BEAT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** To be closed when the message is answered. */
    RunningCall begin(String session, RpcMessage message) {
        if (!message.calls() || !message.isRequest()) {
            return new RunningCall();
        }
        var key = new Key(session, message.id());
        var call = new RunningCall(ended -> calls.remove(key, ended));
        calls.put(key, call);
        return call;
    }

    void cancel(String session, JsonNode request) {
        var call = calls.get(new Key(session, request));
        if (call != null) {
            call.giveUp();
        }
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }

    private record Key(String session, JsonNode request) {}
}
