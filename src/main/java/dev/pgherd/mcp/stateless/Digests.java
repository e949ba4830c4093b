package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.digest.Sha256;
import dev.pgherd.mcp.tool.Question;
import java.util.Base64;
import java.util.Set;
import java.util.TreeMap;

/** Short names for requests and questions, by which they are known again. */
final class Digests {

    /** What differs from one round of a request to the next. */
    private static final Set<String> OF_ONE_ROUND = Set.of("_meta", "inputResponses", "requestState");

    private Digests() {}

    static String of(Question question) {
        return digest(question.method(), question.params());
    }

    /** The same for every round of one request of one caller. */
    static String of(String method, JsonNode params, String principal) {
        var lasting = params.isObject() ? ((ObjectNode) params).deepCopy() : JsonNodeFactory.instance.objectNode();
        lasting.remove(OF_ONE_ROUND);
        return digest(method + "\n" + principal, lasting);
    }

    private static String digest(String name, JsonNode json) {
        var digest = Sha256.of(name + "\n" + canonical(json));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** Clients may write an object's fields in another order when they send it again. */
    private static JsonNode canonical(JsonNode json) {
        if (json.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            json.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
            return JsonNodeFactory.instance.objectNode().setAll(sorted);
        }
        if (json.isArray()) {
            var items = JsonNodeFactory.instance.arrayNode();
            json.forEach(item -> items.add(canonical(item)));
            return items;
        }
        return json;
    }
}
