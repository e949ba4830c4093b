package dev.pgherd.helm;

import dev.pgherd.kubernetes.ApiRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;

/** What the rendered roles let the operator do, as Kubernetes' own authoriser would decide it. */
public record Permissions(List<Grant> grants) {

    /** A rule and where it holds; everywhere where the namespace is empty. */
    record Grant(String namespace, PolicyRule rule) {}

    /** Roles in a namespace are bound to the operator alone; of the cluster's roles only those that are bound count. */
    public static Permissions of(List<GenericKubernetesResource> chart) {
        var bound = typed(chart, ClusterRoleBinding.class)
                .map(binding -> binding.getRoleRef().getName())
                .toList();
        var everywhere = typed(chart, ClusterRole.class)
                .filter(role -> bound.contains(role.getMetadata().getName()))
                .flatMap(role -> role.getRules().stream().map(rule -> new Grant("", rule)));
        var somewhere = typed(chart, Role.class)
                .flatMap(role -> role.getRules().stream()
                        .map(rule -> new Grant(role.getMetadata().getNamespace(), rule)));
        return new Permissions(Stream.concat(everywhere, somewhere).toList());
    }

    /** Everybody may ask what they may do. */
    public boolean allow(ApiRequest request) {
        return request.resource().startsWith("selfsubject")
                || grants.stream().anyMatch(grant -> allows(grant, request));
    }

    private static boolean allows(Grant grant, ApiRequest request) {
        var rule = grant.rule();
        return (grant.namespace().isEmpty() || grant.namespace().equals(request.namespace()))
                && rule.getApiGroups().contains(request.group())
                && rule.getResources().contains(request.resource())
                && rule.getVerbs().contains(request.verb())
                && (rule.getResourceNames().isEmpty() || rule.getResourceNames().contains(request.name()));
    }

    private static <T> Stream<T> typed(List<GenericKubernetesResource> chart, Class<T> type) {
        return chart.stream()
                .filter(object -> object.getKind().equals(type.getSimpleName()))
                .map(object -> Serialization.unmarshal(Serialization.asYaml(object), type));
    }
}
