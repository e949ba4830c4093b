package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The declared environment of a container, with its references resolved. */
final class ContainerEnvironment {

    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)']");

    private final ClusterView view;

    ContainerEnvironment(ClusterView view) {
        this.view = view;
    }

    Map<String, String> resolve(Pod pod, Container container, PodAddress address) throws CannotStartYetException {
        var resolved = new LinkedHashMap<String, String>();
        for (var variable : container.getEnv()) {
            var value = value(pod, variable, address, resolved);
            if (value.isPresent()) {
                resolved.put(variable.getName(), value.get());
            }
        }
        return resolved;
    }

    private Optional<String> value(Pod pod, EnvVar variable, PodAddress address, Map<String, String> before)
            throws CannotStartYetException {
        var source = variable.getValueFrom();
        if (source == null) {
            return Optional.of(Variables.expand(Objects.requireNonNullElse(variable.getValue(), ""), before));
        }
        if (source.getFieldRef() != null) {
            return Optional.of(field(pod, source.getFieldRef().getFieldPath(), address));
        }
        return referenced(pod.getMetadata().getNamespace(), variable.getName(), source);
    }

    private Optional<String> referenced(String namespace, String variable, EnvVarSource source)
            throws CannotStartYetException {
        var secret = source.getSecretKeyRef();
        if (secret != null) {
            var found = view.secret(namespace, secret.getName())
                    .flatMap(it -> Optional.ofNullable(it.getData()))
                    .flatMap(it -> Optional.ofNullable(it.get(secret.getKey())))
                    .map(it -> new String(Base64.getDecoder().decode(it), StandardCharsets.UTF_8));
            return required(found, secret.getOptional(), secret.getKey(), "Secret " + secret.getName());
        }
        var map = source.getConfigMapKeyRef();
        if (map != null) {
            var found = view.configMap(namespace, map.getName())
                    .flatMap(it -> Optional.ofNullable(it.getData()))
                    .flatMap(it -> Optional.ofNullable(it.get(map.getKey())));
            return required(found, map.getOptional(), map.getKey(), "ConfigMap " + map.getName());
        }
        throw CannotStartYetException.configuration("variable " + variable
                + " has a source that the embedded cluster does not have; it has secretKeyRef, configMapKeyRef and"
                + " fieldRef");
    }

    private static Optional<String> required(
            Optional<String> found, @org.jspecify.annotations.Nullable Boolean optional, String key, String where)
            throws CannotStartYetException {
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw CannotStartYetException.configuration("couldn't find key " + key + " in " + where);
        }
        return found;
    }

    private static String field(Pod pod, String path, PodAddress address) throws CannotStartYetException {
        var metadata = pod.getMetadata();
        var keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            var values = keyed.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
            return values == null ? "" : values.getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> metadata.getName();
            case "metadata.namespace" -> metadata.getNamespace();
            case "metadata.uid" -> metadata.getUid();
            case "spec.nodeName" -> StatefulSetParts.NODE;
            case "spec.serviceAccountName" ->
                Objects.requireNonNullElse(pod.getSpec().getServiceAccountName(), "default");
            case "status.podIP", "status.podIPs" -> address.ip();
            case "status.hostIP", "status.hostIPs" -> "127.0.0.1";
            default -> throw CannotStartYetException.configuration("unknown field path " + path);
        };
    }
}
