package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import dev.pgherd.devcluster.apiserver.store.StoreEvent;
import dev.pgherd.devcluster.apiserver.store.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One watch: the events of a collection as a stream of JSON lines. */
final class Watch {

    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

    private final ObjectStore store;
    private final ResourcePath path;
    private final Query query;
    private final Representation representation;
    private final OutputStream out;
    private final Predicate<JsonNode> selector;

    Watch(ObjectStore store, ResourcePath path, Query query, Representation representation, OutputStream out) {
        this.store = store;
        this.path = path;
        this.query = query;
        this.representation = representation;
        this.out = out;
        this.selector = query.selector(path.type());
    }

    /** What a watch begins with: objects that are there, and the events after that version. */
    private record Beginning(List<ObjectNode> objects, long resourceVersion, Subscription events) {}

    /** Streams until the time is over, the client has gone, or the server ends. */
    void run(BooleanSupplier clientGone) throws IOException, InterruptedException {
        Beginning beginning;
        try {
            beginning = store.exclusively(this::begin);
        } catch (ApiProblem expired) {
            send("ERROR", expired.status());
            return;
        }
        try (var events = beginning.events()) {
            for (var object : beginning.objects()) {
                send("ADDED", representation.event(path.type(), object));
            }
            if (query.flag("sendInitialEvents")) {
                bookmark(beginning.resourceVersion(), true);
            }
            out.flush();
            follow(events, beginning.resourceVersion(), clientGone);
        }
    }

    private Beginning begin() {
        var since = query.number("resourceVersion").orElse(0);
        var fromNow = since == 0 || query.flag("sendInitialEvents");
        var version = fromNow ? store.resourceVersion() : since;
        var events = store.subscribe(version, path::covers);
        var skipInitial = query.text("sendInitialEvents").equals("false");
        List<ObjectNode> objects = fromNow && !skipInitial ? present() : List.of();
        return new Beginning(objects, version, events);
    }

    private List<ObjectNode> present() {
        return store.list(path.type().qualifiedName(), path.namespace()).items().stream()
                .filter(object ->
                        path.isCollection() || ObjectMetadata.name(object).equals(path.name()))
                .filter(selector)
                .toList();
    }

    private void follow(Subscription events, long since, BooleanSupplier clientGone)
            throws IOException, InterruptedException {
        var version = since;
        var end = System.nanoTime() + timeout().toNanos();
        var nextBookmark = System.nanoTime() + BETWEEN_BOOKMARKS.toNanos();
        while (!events.ended() && end - System.nanoTime() > 0) {
            var event = events.next(BETWEEN_CHECKS);
            if (event.isPresent()) {
                version = event.get().resourceVersion();
                send(event.get());
            } else if (clientGone.getAsBoolean()) {
                return;
            }
            if (nextBookmark - System.nanoTime() < 0) {
                bookmark(version, false);
                nextBookmark = System.nanoTime() + BETWEEN_BOOKMARKS.toNanos();
            }
        }
        bookmark(version, false);
    }

    private Duration timeout() {
        var seconds = query.number("timeoutSeconds");
        return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : LONGEST;
    }

    /** An object that begins or ceases to match the selectors looks as if created or deleted. */
    private void send(StoreEvent event) throws IOException {
        var matches = selector.test(event.object());
        var matched = event.previous().filter(selector).isPresent();
        var type = event.type();
        if (type != StoreEvent.Type.DELETED && matches != matched) {
            type = matches ? StoreEvent.Type.ADDED : StoreEvent.Type.DELETED;
        } else if (!matches && !matched) {
            return;
        }
        send(type.name(), representation.event(path.type(), event.object()));
        out.flush();
    }

    private void bookmark(long version, boolean endOfInitialEvents) throws IOException {
        if (!query.flag("allowWatchBookmarks")) {
            return;
        }
        var object = Json.object()
                .put("kind", path.type().kind())
                .put("apiVersion", path.type().groupVersion());
        var metadata = object.putObject("metadata").put("resourceVersion", Long.toString(version));
        metadata.putNull("creationTimestamp");
        if (endOfInitialEvents) {
            metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        }
        send("BOOKMARK", representation.bookmark(path.type(), object));
        out.flush();
    }

    private void send(String type, ObjectNode object) throws IOException {
        var event = Json.object().put("type", type);
        event.set("object", object);
        out.write(Json.bytes(event));
        out.write('\n');
    }
}
