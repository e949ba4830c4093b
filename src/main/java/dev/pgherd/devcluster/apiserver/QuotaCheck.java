package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Refuses a new pod that a ResourceQuota of its namespace has no room for, by number and by what it requests. */
final class QuotaCheck {

    private static final String PODS = "pods";
    private static final Map<String, String> SHORT_NAMES =
            Map.of("count/pods", PODS, "cpu", "requests.cpu", "memory", "requests.memory");
    private static final Set<String> COUNTED =
            Set.of(PODS, "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final ObjectStore store;

    QuotaCheck(ObjectStore store) {
        this.store = store;
    }

    void check(ResourceType type, ObjectNode pod) {
        if (!type.is(PODS)) {
            return;
        }
        var namespace = Json.text(pod, "metadata", "namespace");
        for (var quota : store.list("resourcequotas", namespace).items()) {
            var exceeded = Json.at(quota, "spec", "hard").properties().stream()
                    .map(hard ->
                            new Limit(hard.getKey(), amount(hard.getValue().asText()), used(namespace, hard.getKey())))
                    .filter(limit -> limit.exceededBy(use(pod, limit.name())))
                    .toList();
            if (!exceeded.isEmpty()) {
                var name = ObjectMetadata.name(pod);
                var why = exceeded.stream()
                        .map(limit -> limit.text(use(pod, limit.name())))
                        .collect(Collectors.joining(", "));
                throw ApiProblem.forbidden("pods \"%s\" is forbidden: exceeded quota: %s, %s"
                        .formatted(name, ObjectMetadata.name(quota), why));
            }
        }
    }

    private record Limit(String name, BigDecimal hard, BigDecimal used) {

        boolean exceededBy(BigDecimal more) {
            return more.signum() > 0 && used.add(more).compareTo(hard) > 0;
        }

        String text(BigDecimal more) {
            return "requested: %1$s=%2$s, used: %1$s=%3$s, limited: %1$s=%4$s"
                    .formatted(name, more.toPlainString(), used.toPlainString(), hard.toPlainString());
        }
    }

    private BigDecimal used(String namespace, String resource) {
        return store.list(PODS, namespace).items().stream()
                .filter(pod -> !OVER.contains(Json.text(pod, "status", "phase")))
                .map(pod -> use(pod, resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Init containers run one after the other, the others side by side. */
    private static BigDecimal use(JsonNode pod, String resource) {
        var name = SHORT_NAMES.getOrDefault(resource, resource);
        if (!COUNTED.contains(name)) {
            return BigDecimal.ZERO;
        }
        if (name.equals(PODS)) {
            return BigDecimal.ONE;
        }
        var part = name.split("\\.", 2);
        var first = containers(pod, "initContainers", part).reduce(BigDecimal.ZERO, BigDecimal::max);
        return containers(pod, "containers", part)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .max(first);
    }

    private static Stream<BigDecimal> containers(JsonNode pod, String list, String[] part) {
        return StreamSupport.stream(Json.at(pod, "spec", list).spliterator(), false)
                .map(container -> Json.text(container, "resources", part[0], part[1]))
                .filter(text -> !text.isEmpty())
                .map(QuotaCheck::amount);
    }

    private static BigDecimal amount(String quantity) {
        return Quantity.parse(quantity).getNumericalAmount();
    }
}
