package dev.pgherd.devcluster.apiserver.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All resources that are served now: the built-in ones and those of the applied CustomResourceDefinitions. */
public final class ResourceCatalog {

    private final List<ResourceType> builtIn = BuiltInResources.all();
    private final Map<String, List<ResourceType>> custom = new TreeMap<>();

    public Optional<ResourceType> find(String group, String version, String plural) {
        return all().stream()
                .filter(type -> type.group().equals(group)
                        && type.version().equals(version)
                        && type.plural().equals(plural))
                .findFirst();
    }

    /** The resource that goes by this qualified name, in the first of its versions. */
    public Optional<ResourceType> named(String qualifiedName) {
        return all().stream().filter(type -> type.is(qualifiedName)).findFirst();
    }

    public synchronized List<ResourceType> all() {
        return Stream.concat(builtIn.stream(), custom.values().stream().flatMap(List::stream))
                .toList();
    }

    public synchronized void define(ObjectNode definition) {
        custom.put(Json.text(definition, "metadata", "name"), types(definition.path("spec")));
    }

    public synchronized void undefine(String name) {
        custom.remove(name);
    }

    private static List<ResourceType> types(JsonNode spec) {
        var types = new ArrayList<ResourceType>();
        for (var version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                types.add(type(spec, version));
            }
        }
        return List.copyOf(types);
    }

    private static ResourceType type(JsonNode spec, JsonNode version) {
        var names = spec.path("names");
        var kind = Json.text(names, "kind");
        var subresources = new ArrayList<String>();
        version.path("subresources").fieldNames().forEachRemaining(subresources::add);
        subresources.retainAll(List.of("status"));
        return new ResourceType(
                Json.text(spec, "group"),
                Json.text(version, "name"),
                Json.text(names, "plural"),
                names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
                kind,
                Json.texts(names.path("shortNames")),
                Json.texts(names.path("categories")),
                Json.text(spec, "scope").equals("Namespaced"),
                List.copyOf(subresources),
                Optional.of(new CustomVersion(
                        Json.at(version, "schema", "openAPIV3Schema"),
                        version.path("additionalPrinterColumns"),
                        selectable(version))));
    }

    private static List<String> selectable(JsonNode version) {
        var paths = new ArrayList<String>();
        for (var field : version.path("selectableFields")) {
            paths.add(Json.text(field, "jsonPath").substring(1));
        }
        return List.copyOf(paths);
    }
}
