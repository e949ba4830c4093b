package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests that run now: what their callers take back, or wait for no longer, is given up. */
public final class RunningCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningCalls.class);

    /** A closed connection shows at the second write after it at the latest. */
    private static final Duration BEAT = Duration.ofMillis(250);

    private final ConcurrentHashMap<Object, RunningCall> calls = new ConcurrentHashMap<>();
    private final Pulse pulse =
            new Pulse("pgherd-mcp-callers", BEAT, () -> calls.values().forEach(RunningCalls::lookForCaller));

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
        pulse.close();
    }

    private record Key(String session, JsonNode request) {}
}
