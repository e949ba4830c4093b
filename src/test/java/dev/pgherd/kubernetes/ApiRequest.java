package dev.pgherd.kubernetes;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A request as Kubernetes' authorisation sees it; empty texts where there is none of a part.
 *
 * @param resource with its subresource, such as {@code pods/log}
 */
public record ApiRequest(String verb, String group, String namespace, String resource, String name, String query) {

    private static final Set<String> READS = Set.of("get", "list", "watch");

    static ApiRequest of(String method, URI uri) {
        var segments = Arrays.stream(uri.getPath().split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        var start = Math.max(segments.indexOf("api"), segments.indexOf("apis"));
        var path = segments.subList(Math.max(start, 0), segments.size());
        var core = path.get(0).equals("api");
        var rest = path.subList(Math.min(core ? 2 : 3, path.size()), path.size());
        var group = core || path.size() < 2 ? "" : path.get(1);
        var namespaced = rest.size() > 2 && rest.get(0).equals("namespaces");
        var target = namespaced ? rest.subList(2, rest.size()) : rest;
        var name = target.size() > 1 ? target.get(1) : "";
        var query = URLDecoder.decode(Objects.requireNonNullElse(uri.getRawQuery(), ""), StandardCharsets.UTF_8);
        return new ApiRequest(
                verb(method, name, query), group, namespaced ? rest.get(1) : "", resource(target), name, query);
    }

    private static String resource(List<String> target) {
        return switch (target.size()) {
            case 0 -> "";
            case 1, 2 -> target.get(0);
            default -> target.get(0) + "/" + target.get(2);
        };
    }

    private static String verb(String method, String name, String query) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> query.contains("watch=true") ? "watch" : name.isEmpty() ? "list" : "get";
        };
    }

    boolean writes() {
        return !READS.contains(verb);
    }
}
