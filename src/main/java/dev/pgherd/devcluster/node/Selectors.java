package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.Objects;

/** Which pods a Service stands for. */
final class Selectors {

    private Selectors() {}

    static boolean selects(Service service, Pod pod) {
        var selector = service.getSpec().getSelector();
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return selector != null && !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }
}
