package dev.pgherd.devcluster.apiserver;

import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.List;

/** Which resource, object and subresource the path of a request names; empty texts where it names none. */
record ResourcePath(ResourceType type, String namespace, String name, String subresource) {

    /** Reads {@code api/v1/...} and {@code apis/GROUP/VERSION/...}. */
    static ResourcePath parse(List<String> segments, ResourceCatalog catalog) {
        var core = segments.get(0).equals("api");
        var versionAt = core ? 1 : 2;
        if (segments.size() <= versionAt + 1) {
            throw ApiProblem.noSuchPath();
        }
        var group = core ? "" : segments.get(1);
        return within(group, segments.get(versionAt), segments.subList(versionAt + 1, segments.size()), catalog);
    }

    private static ResourcePath within(String group, String version, List<String> rest, ResourceCatalog catalog) {
        if (rest.get(0).equals("namespaces") && rest.size() > 2) {
            var type = catalog.find(group, version, rest.get(2));
            if (type.isPresent() && type.get().namespaced()) {
                return of(type.get(), rest.get(1), rest.subList(3, rest.size()));
            }
        }
        var type = catalog.find(group, version, rest.get(0)).orElseThrow(ApiProblem::noSuchPath);
        if (type.namespaced() && rest.size() > 1) {
            throw ApiProblem.noSuchPath();
        }
        return of(type, "", rest.subList(1, rest.size()));
    }

    private static ResourcePath of(ResourceType type, String namespace, List<String> rest) {
        if (rest.size() > 2) {
            throw ApiProblem.noSuchPath();
        }
        var subresource = rest.size() == 2 ? rest.get(1) : "";
        if (!subresource.isEmpty() && !type.has(subresource)) {
            throw ApiProblem.noSuchPath();
        }
        return new ResourcePath(type, namespace, rest.isEmpty() ? "" : rest.get(0), subresource);
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    ObjectKey key() {
        return new ObjectKey(type.qualifiedName(), namespace, name);
    }

    boolean covers(ObjectKey key) {
        return key.resource().equals(type.qualifiedName())
                && (namespace.isEmpty() || namespace.equals(key.namespace()))
                && (name.isEmpty() || name.equals(key.name()));
    }
}
