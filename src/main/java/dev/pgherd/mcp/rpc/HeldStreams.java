package dev.pgherd.mcp.rpc;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that clients hold open to hear of what happens. They hold no thread. */
public final class HeldStreams implements AutoCloseable {

    /** Often enough for what closes idle connections on the way. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Set<HeldStream> streams = ConcurrentHashMap.newKeySet();
    private final Pulse pulse;

    public HeldStreams(String name) {
        pulse = new Pulse(name, BEAT, () -> streams.forEach(HeldStream::look));
    }

    /** Keeps a stream that was begun open, until it is ended or nobody reads it; nobody else writes to it any more. */
    public HeldStream hold(HttpServletRequest request) throws IOException {
        var context = request.startAsync();
        context.setTimeout(0);
        var stream = new HeldStream(context, request.getRemoteAddr(), streams::remove);
        streams.add(stream);
        stream.begin();
        return stream;
    }

    public int size() {
        return streams.size();
    }

    public long openBy(String address) {
        return streams.stream()
                .filter(stream -> stream.address().equals(address))
                .count();
    }

    /** Ends them all, without a word. */
    @Override
    public void close() {
        pulse.close();
        streams.forEach(HeldStream::end);
    }
}
