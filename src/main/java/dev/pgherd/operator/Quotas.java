package dev.pgherd.operator;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a namespace's quotas have room for a pod in the place of another. */
final class Quotas {

    private static final String REQUESTS = "requests.";
    private static final String LIMITS = "limits.";

    private Quotas() {}

    static boolean haveRoom(List<ResourceQuota> quotas, Pod leaving, Pod coming) {
        return quotas.stream()
                .filter(quota -> quota.getStatus() != null && quota.getStatus().getHard() != null)
                .allMatch(quota -> quota.getStatus().getHard().entrySet().stream()
                        .allMatch(hard -> used(quota, hard.getKey())
                                        .add(growth(hard.getKey(), leaving, coming))
                                        .compareTo(hard.getValue().getNumericalAmount())
                                <= 0));
    }

    /** By how much the use of a resource grows; quotas count pods, too, and that number stays. */
    private static BigDecimal growth(String resource, Pod leaving, Pod coming) {
        return use(coming, resource).subtract(use(leaving, resource));
    }

    private static BigDecimal used(ResourceQuota quota, String resource) {
        return amount(quota.getStatus().getUsed(), resource);
    }

    /** As the scheduler counts: init containers run one after the other, the others side by side. */
    private static BigDecimal use(Pod pod, String resource) {
        var first = pod.getSpec().getInitContainers().stream()
                .map(container -> use(container, resource))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
        return pod.getSpec().getContainers().stream()
                .map(container -> use(container, resource))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .max(first);
    }

    private static BigDecimal use(Container container, String resource) {
        var resources = Optional.ofNullable(container.getResources());
        return resource.startsWith(LIMITS)
                ? amount(resources.map(r -> r.getLimits()).orElse(null), resource.substring(LIMITS.length()))
                : amount(resources.map(r -> r.getRequests()).orElse(null), withoutPrefix(resource));
    }

    private static String withoutPrefix(String resource) {
        return resource.startsWith(REQUESTS) ? resource.substring(REQUESTS.length()) : resource;
    }

    private static BigDecimal amount(@Nullable Map<String, Quantity> quantities, String resource) {
        return Optional.ofNullable(quantities)
                .map(q -> q.get(resource))
                .map(Quantity::getNumericalAmount)
                .orElse(BigDecimal.ZERO);
    }
}
