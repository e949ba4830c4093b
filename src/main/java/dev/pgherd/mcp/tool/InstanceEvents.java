package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.InstanceKey;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What Kubernetes recorded about an instance. */
record InstanceEvents(KubernetesClient client) {

    private static final int MOST = 10;

    /** The newest first. */
    List<Recorded> recent(InstanceKey key) {
        return events(key).stream()
                .filter(event ->
                        "PostgresInstance".equals(event.getInvolvedObject().getKind())
                                && key.name().equals(event.getInvolvedObject().getName()))
                .map(Recorded::of)
                .sorted(Comparator.comparing(Recorded::time).reversed())
                .limit(MOST)
                .toList();
    }

    private List<Event> events(InstanceKey key) {
        try {
            return client.v1()
                    .events()
                    .inNamespace(key.namespace())
                    .withField("involvedObject.name", key.name())
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return List.of(); // events are an extra; an instance is shown also to who may not read them
            }
            throw e;
        }
    }

    /** One event. */
    record Recorded(String time, String type, String reason, String message) {

        static Recorded of(Event event) {
            var eventTime = Optional.ofNullable(event.getEventTime())
                    .map(time -> time.getTime())
                    .orElse(null);
            var time = Stream.of(event.getLastTimestamp(), eventTime, event.getFirstTimestamp())
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("");
            return new Recorded(
                    time,
                    Objects.requireNonNullElse(event.getType(), "Normal"),
                    Objects.requireNonNullElse(event.getReason(), ""),
                    Objects.requireNonNullElse(event.getMessage(), ""));
        }

        ObjectNode json() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("time", time)
                    .put("type", type)
                    .put("reason", reason)
                    .put("message", message);
        }

        String line() {
            return "%s %s %s: %s".formatted(time, type, reason, message);
        }
    }
}
