package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.WriteOptions.FieldValidation;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.CustomVersion;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.schema.CustomResourceRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Prunes, completes and checks custom resources by the rules of their definitions. */
final class CustomResources {

    private final Map<String, CustomResourceRules> rules = new ConcurrentHashMap<>();

    /** Makes the rules ready before they are needed. */
    void prepare(ResourceType type) {
        type.custom().ifPresent(custom -> rules(type, custom));
    }

    void admit(ResourceType type, ObjectNode object, Optional<ObjectNode> stored, WriteOptions options) {
        var custom = type.custom().orElseThrow();
        var rulesOfType = rules(type, custom);
        var whole = object.toString();
        var unknown = rulesOfType.prune(object);
        if (!unknown.isEmpty() && options.validation() == FieldValidation.STRICT) {
            throw strict(type, whole, unknown, options);
        }
        if (options.validation() == FieldValidation.WARN) {
            unknown.forEach(path -> options.warnings().add("unknown field \"" + path + "\""));
        }
        rulesOfType.complete(object);
        var causes = rulesOfType.violations(object, stored);
        if (!causes.isEmpty()) {
            throw ApiProblem.invalid(type, ObjectMetadata.name(object), causes);
        }
    }

    private static ApiProblem strict(ResourceType type, String object, List<String> unknown, WriteOptions options) {
        var fields =
                unknown.stream().map(path -> "unknown field \"" + path + "\"").collect(Collectors.joining(", "));
        var text = "strict decoding error: " + fields;
        return switch (options.onUnknown()) {
            case IN_PATCHED_OBJECT -> ApiProblem.invalidPatch(object, text);
            case IN_OBJECT ->
                ApiProblem.badRequest(type.kind() + " in version \"" + type.version() + "\" cannot be handled as a "
                        + type.kind() + ": " + text);
        };
    }

    /** Refuses an applied configuration with fields that nobody could own. */
    void checkConfiguration(ResourceType type, ObjectNode configuration) {
        type.custom().ifPresent(custom -> {
            var unknown = rules(type, custom).prune(configuration.deepCopy());
            if (!unknown.isEmpty()) {
                throw ApiProblem.untyped(
                        "failed to create typed patch object (" + ObjectMetadata.namespace(configuration)
                                + "/" + ObjectMetadata.name(configuration) + "; " + type.groupVersion() + ", Kind="
                                + type.kind() + "): "
                                + unknown.stream()
                                        .map(path -> "." + path + ": field not declared in schema")
                                        .collect(Collectors.joining("\n")));
            }
        });
    }

    private CustomResourceRules rules(ResourceType type, CustomVersion custom) {
        return rules.compute(
                type.qualifiedName() + "/" + type.version(),
                (name, known) -> known != null && known.areOf(custom.schema())
                        ? known
                        : new CustomResourceRules(custom.schema()));
    }
}
