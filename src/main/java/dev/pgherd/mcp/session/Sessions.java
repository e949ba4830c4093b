package dev.pgherd.mcp.session;

import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.Pulse;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The sessions that there are. One that nobody uses or listens to for a while is forgotten. */
final class Sessions implements AutoCloseable {

    private static final Duration LOOK_AT_LEAST = Duration.ofMinutes(1);

    private final Map<String, OpenSession> sessions = new ConcurrentHashMap<>();
    private final Duration idle;
    private final LongSupplier nanoTime;
    private final SessionBounds bounds;
    private final QuestionPlaces places = QuestionPlaces.usual();
    private final Pulse pulse;

    Sessions(Duration idle, LongSupplier nanoTime, SessionBounds bounds) {
        this.idle = idle;
        this.nanoTime = nanoTime;
        this.bounds = bounds;
        var between = idle.compareTo(LOOK_AT_LEAST) < 0 ? idle : LOOK_AT_LEAST;
        this.pulse = new Pulse("pgherd-mcp-sessions", between, this::forgetIdle);
    }

    /** Where there are too many already, an idle one ends for it; empty when none is idle. */
    synchronized Optional<OpenSession> open(Opener opener) {
        if (!hasPlaceFor(opener.address())) {
            return Optional.empty();
        }
        var session = new OpenSession(
                UUID.randomUUID().toString(), opener, new OpenQuestions(opener.address(), places), now());
        sessions.put(session.id(), session);
        return Optional.of(session);
    }

    /** A session is nobody's but its owner's. */
    Optional<OpenSession> find(String id, Credentials caller) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.belongsTo(caller))
                .filter(session -> !isIdle(session));
    }

    void end(OpenSession session) {
        sessions.remove(session.id(), session);
        session.close();
    }

    void hear(News news) {
        var message = Messages.notification(news.method(), news.params());
        sessions.values().forEach(session -> session.hear(news, message));
    }

    long now() {
        return nanoTime.getAsLong();
    }

    int size() {
        return sessions.size();
    }

    @Override
    public void close() {
        pulse.close();
        sessions.values().forEach(this::end);
    }

    /** An address that has its share loses sessions of its own, not those of others. */
    private boolean hasPlaceFor(String address) {
        if (sessions.size() >= bounds.mostOfOneAddress() && of(address).count() >= bounds.mostOfOneAddress()) {
            return endOne(of(address));
        }
        return sessions.size() < bounds.most() || endOne(sessions.values().stream());
    }

    private Stream<OpenSession> of(String address) {
        return sessions.values().stream().filter(session -> session.address().equals(address));
    }

    /** First those that were opened and never used, then whichever was idle for longest. */
    private boolean endOne(Stream<OpenSession> candidates) {
        var now = now();
        var ended = candidates
                .filter(session -> !session.busy())
                .min(Comparator.comparing(OpenSession::used)
                        .thenComparing(Comparator.<OpenSession>comparingLong(session -> session.idle(now))
                                .reversed()));
        ended.ifPresent(this::end);
        return ended.isPresent();
    }

    private void forgetIdle() {
        sessions.values().stream().filter(this::isIdle).forEach(this::end);
    }

    private boolean isIdle(OpenSession session) {
        return session.idle(now()) > idle.toNanos();
    }
}
