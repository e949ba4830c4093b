package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.Namespaces;
import dev.pgherd.connection.Target;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The instances as the Kubernetes API has them, found by the names that a model gives. */
final class Instances {

    private static final int SUGGESTIONS = 5;

    private final KubernetesClient client;
    private final Namespaces namespaces;
    private final String defaultNamespace;
    private final Registered registered;

    Instances(KubernetesClient client, Namespaces namespaces, String defaultNamespace, Registered registered) {
        this.registered = registered;
        this.client = client;
        this.namespaces = namespaces;
        this.defaultNamespace = defaultNamespace;
    }

    KubernetesClient client() {
        return client;
    }

    ToolResult.Failure failure(KubernetesClientException e) {
        return new KubernetesFailure(client.getMasterUrl().toString()).describe(e);
    }

    String defaultNamespace() {
        return defaultNamespace;
    }

    Registered registered() {
        return registered;
    }

    /** Reads {@code name} or {@code namespace/name}. */
    InstanceKey key(String reference) {
        var parts = reference.strip().split("/", -1);
        if (parts.length > 2 || !Arrays.stream(parts).allMatch(DnsLabel::matches)) {
            throw ToolFailedException.argument(
                    "instance", "a name or namespace/name; each is " + DnsLabel.rule(DnsLabel.MAX_LENGTH));
        }
        if (parts.length == 1 && registered.contains(parts[0])) {
            return new InstanceKey(Target.ENVIRONMENT, parts[0]);
        }
        return parts.length == 2
                ? new InstanceKey(watched(parts[0]), parts[1])
                : new InstanceKey(defaultNamespace, parts[0]);
    }

    /** The namespace that a call names, if it does. */
    Optional<String> namespace(Arguments arguments) {
        return arguments
                .text("namespace")
                .map(value -> watched(DnsLabel.checked("namespace", value, DnsLabel.MAX_LENGTH)));
    }

    private String watched(String namespace) {
        if (!namespaces.contain(namespace) && !namespace.equals(Target.ENVIRONMENT)) {
            throw new ToolFailedException(
                    FailureKind.FORBIDDEN,
                    "PgHerd does not look after namespace '%s', only after: %s.".formatted(namespace, namespaces));
        }
        return namespace;
    }

    /** All in a namespace, or all there are, that match a label selector. */
    List<PostgresInstance> list(Optional<String> namespace, String labelSelector) {
        var ours = labelSelector.isBlank()
                        && namespace.map(Target.ENVIRONMENT::equals).orElse(true)
                ? registered.list()
                : List.<PostgresInstance>of();
        return Stream.concat(ours.stream(), stored(namespace, labelSelector).stream())
                .toList();
    }

    private List<PostgresInstance> stored(Optional<String> namespace, String labelSelector) {
        var all = client.resources(PostgresInstance.class);
        var places = namespace.map(Set::of).orElse(namespaces.names());
        return places.isEmpty()
                ? all.inAnyNamespace().withLabelSelector(labelSelector).list().getItems()
                : places.stream()
                        .flatMap(place ->
                                all.inNamespace(place).withLabelSelector(labelSelector).list().getItems().stream())
                        .toList();
    }

    Resource<PostgresInstance> resource(InstanceKey key) {
        return client.resources(PostgresInstance.class)
                .inNamespace(key.namespace())
                .withName(key.name());
    }

    Optional<PostgresInstance> find(InstanceKey key) {
        return registered.find(key).or(() -> Optional.ofNullable(resource(key).get()));
    }

    /** What the tools tell of it, with what PgHerd's own connections have met. */
    InstanceState state(PostgresInstance instance) {
        return new InstanceState(instance, registered.registry().outage(InstanceKey.of(instance)));
    }

    /** The instance, or a failure that names those that could have been meant. */
    PostgresInstance require(InstanceKey key) {
        return find(key).orElseThrow(() -> unknown(key));
    }

    ToolFailedException unknown(InstanceKey key) {
        var others = similar(key);
        var advice = others.isEmpty()
                ? "There are none in that namespace; list_postgres_instances shows all; create_postgres_instance makes one."
                : "The nearest names in that namespace are: %s; list_postgres_instances shows all."
                        .formatted(String.join(", ", others));
        return new ToolFailedException(
                FailureKind.NOT_FOUND,
                "There is no instance '%s' in namespace '%s'. %s".formatted(key.name(), key.namespace(), advice));
    }

    private List<String> similar(InstanceKey key) {
        return client.resources(PostgresInstance.class).inNamespace(key.namespace()).list().getItems().stream()
                .map(instance -> instance.getMetadata().getName())
                .sorted(Comparator.<String>comparingInt(name -> NameDistance.between(key.name(), name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SUGGESTIONS)
                .toList();
    }
}
