package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The OpenAPI documents: as much as kubectl needs to let the server validate, and to explain custom resources. */
final class OpenApi {

    private static final String METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    private static final List<String> QUERY = List.of("dryRun", "fieldManager", "fieldValidation");

    private final ResourceCatalog catalog;

    OpenApi(ResourceCatalog catalog) {
        this.catalog = catalog;
    }

    /** Where the document of each group version is found. */
    ObjectNode index() {
        var index = Json.object();
        var paths = index.putObject("paths");
        for (var type : catalog.all()) {
            var path = root(type);
            if (!paths.has(path)) {
                var version = Integer.toHexString(types(path).hashCode());
                paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + version);
            }
        }
        return index;
    }

    ObjectNode document(String path) {
        var types = types(path);
        if (types.isEmpty()) {
            throw ApiProblem.noSuchPath();
        }
        var document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "PgHerd").put("version", "v1.36.0");
        var paths = document.putObject("paths");
        var schemas = document.putObject("components").putObject("schemas");
        schemas.putObject(METADATA).put("type", "object").put("description", "Standard object's metadata.");
        for (var type : types) {
            addPaths(paths, type);
            schemas.set(schemaName(type), schema(type));
        }
        return document;
    }

    private List<ResourceType> types(String path) {
        return catalog.all().stream().filter(type -> root(type).equals(path)).toList();
    }

    private static String root(ResourceType type) {
        return type.group().isEmpty() ? "api/" + type.version() : "apis/" + type.groupVersion();
    }

    private static void addPaths(ObjectNode paths, ResourceType type) {
        var collection = "/" + root(type) + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + type.plural();
        addOperation(paths.putObject(collection), "get", "list", type);
        addOperation((ObjectNode) paths.path(collection), "post", "post", type);
        var item = paths.putObject(collection + "/{name}");
        for (var verb : List.of("get", "put", "patch", "delete")) {
            addOperation(item, verb, verb, type);
        }
    }

    private static void addOperation(ObjectNode path, String method, String action, ResourceType type) {
        var operation = path.putObject(method).put("x-kubernetes-action", action);
        operation.set("x-kubernetes-group-version-kind", groupVersionKind(type));
        var parameters = operation.putArray("parameters");
        for (var name : QUERY) {
            var parameter = parameters.addObject().put("name", name).put("in", "query");
            parameter.putObject("schema").put("type", "string");
        }
        var content = operation
                .putObject("responses")
                .putObject("200")
                .put("description", "OK")
                .putObject("content");
        content.putObject("application/json").putObject("schema").put("$ref", reference(schemaName(type)));
    }

    private static ObjectNode schema(ResourceType type) {
        var schema = Json.object().put("type", "object");
        type.custom()
                .ifPresent(custom -> schema.setAll((ObjectNode) custom.schema().deepCopy()));
        var properties = Json.child(schema, "properties");
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        var metadata = properties.putObject("metadata").put("description", "Standard object's metadata.");
        metadata.putArray("allOf").addObject().put("$ref", reference(METADATA));
        schema.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(type));
        return schema;
    }

    private static ObjectNode groupVersionKind(ResourceType type) {
        return Json.object()
                .put("group", type.group())
                .put("version", type.version())
                .put("kind", type.kind());
    }

    private static String reference(String name) {
        return "#/components/schemas/" + name;
    }

    private static String schemaName(ResourceType type) {
        var parts = new ArrayList<>(Arrays.asList((type.group().isEmpty() ? "core" : type.group()).split("\\.", -1)));
        Collections.reverse(parts);
        return String.join(".", parts) + "." + type.version() + "." + type.kind();
    }
}
