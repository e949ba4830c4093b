package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of tools that run now: what their callers take back, or wait for no longer, is given up. */
final class RunningCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningCalls.class);

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
                () -> calls.values().forEach(RunningCalls::lookForCaller),
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

    /** A session that has ended waits for nothing any more. */
    void cancelAll(String session) {
        calls.forEach((key, call) -> {
            if (key.session().equals(session)) {
                call.giveUp();
            }
        });
    }

    /** Nobody reads what cannot be written; and the signs of life of all calls would end with one that throws. */
    private static void lookForCaller(RunningCall call) {
        try {
            call.lookForCaller();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("A caller cannot be written to, its call is given up");
            call.giveUp();
        }
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }

    private record Key(String session, JsonNode request) {}
}
