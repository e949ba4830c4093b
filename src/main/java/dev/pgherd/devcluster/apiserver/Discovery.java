package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells clients which groups, versions and resources there are. */
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final ResourceCatalog catalog;

    Discovery(ResourceCatalog catalog) {
        this.catalog = catalog;
    }

    static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v1.36.0+pgherd")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-11-20T00:00:00Z")
                .put("goVersion", "")
                .put("compiler", "")
                .put("platform", "linux/amd64");
    }

    ObjectNode coreVersions() {
        var versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    ObjectNode groups() {
        var list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = list.putArray("groups");
        named().forEach((name, versions) -> groups.add(group(name, versions.keySet())));
        return list;
    }

    ObjectNode group(String name) {
        var versions = named().getOrDefault(name, Map.of());
        if (versions.isEmpty()) {
            throw ApiProblem.noSuchPath();
        }
        return group(name, versions.keySet()).put("kind", "APIGroup").put("apiVersion", "v1");
    }

    private static ObjectNode group(String name, Collection<String> versions) {
        var group = Json.object().put("name", name);
        var array = group.putArray("versions");
        versions.forEach(version -> array.add(groupVersion(name, version)));
        group.set("preferredVersion", array.get(0).deepCopy());
        return group;
    }

    private static ObjectNode groupVersion(String group, String version) {
        return Json.object().put("groupVersion", group + "/" + version).put("version", version);
    }

    /** The resources of one version of a group. */
    ObjectNode resources(String group, String version) {
        var types = all().getOrDefault(group, Map.of()).getOrDefault(version, List.of());
        if (types.isEmpty()) {
            throw ApiProblem.noSuchPath();
        }
        var list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", types.get(0).groupVersion());
        var resources = list.putArray("resources");
        for (var type : types) {
            resources.add(resource(type, type.plural(), VERBS));
            for (var subresource : type.subresources()) {
                resources.add(resource(type, type.plural() + "/" + subresource, verbs(subresource)));
            }
        }
        return list;
    }

    private static ObjectNode resource(ResourceType type, String name, List<String> verbs) {
        var resource = Json.object()
                .put("name", name)
                .put("singularName", name.contains("/") ? "" : type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        texts(resource.putArray("verbs"), verbs);
        if (!name.contains("/")) {
            addNames(resource, type);
        }
        return resource;
    }

    private static void addNames(ObjectNode resource, ResourceType type) {
        if (!type.shortNames().isEmpty()) {
            texts(resource.putArray("shortNames"), type.shortNames());
        }
        if (!type.categories().isEmpty()) {
            texts(resource.putArray("categories"), type.categories());
        }
    }

    private static List<String> verbs(String subresource) {
        return subresource.equals("log") ? List.of("get") : List.of("get", "patch", "update");
    }

    /** All groups with all resources in one answer: the core group, or all the others. */
    ObjectNode aggregated(boolean core) {
        var list = Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
        list.putObject("metadata");
        var items = list.putArray("items");
        var groups = core ? Map.of("", all().getOrDefault("", Map.of())) : named();
        groups.forEach((name, versions) -> {
            var item = items.addObject();
            var metadata = item.putObject("metadata");
            if (!core) {
                metadata.put("name", name);
            }
            metadata.putNull("creationTimestamp");
            var array = item.putArray("versions");
            versions.forEach((version, types) -> array.add(aggregatedVersion(version, types)));
        });
        return list;
    }

    private static ObjectNode aggregatedVersion(String version, List<ResourceType> types) {
        var node = Json.object().put("version", version).put("freshness", "Current");
        var resources = node.putArray("resources");
        types.forEach(type -> resources.add(aggregatedResource(type)));
        return node;
    }

    private static ObjectNode aggregatedResource(ResourceType type) {
        var resource = Json.object()
                .put("resource", type.plural())
                .put("scope", type.namespaced() ? "Namespaced" : "Cluster")
                .put("singularResource", type.singular());
        resource.set("responseKind", responseKind(type));
        texts(resource.putArray("verbs"), VERBS);
        addNames(resource, type);
        var subresources = Json.array();
        for (var name : type.subresources()) {
            var subresource = subresources.addObject().put("subresource", name);
            subresource.set("responseKind", responseKind(type));
            texts(subresource.putArray("verbs"), verbs(name));
        }
        if (!subresources.isEmpty()) {
            resource.set("subresources", subresources);
        }
        return resource;
    }

    private static ObjectNode responseKind(ResourceType type) {
        return Json.object()
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private Map<String, Map<String, List<ResourceType>>> named() {
        var named = new TreeMap<>(all());
        named.remove("");
        return named;
    }

    private Map<String, Map<String, List<ResourceType>>> all() {
        return new TreeMap<>(catalog.all().stream()
                .collect(Collectors.groupingBy(
                        ResourceType::group,
                        Collectors.groupingBy(ResourceType::version, TreeMap::new, Collectors.toList()))));
    }
}
