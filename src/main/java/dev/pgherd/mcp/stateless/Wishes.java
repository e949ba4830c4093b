package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Listing;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.News;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Of what a client wants to hear, as far as the server has it. */
record Wishes(Set<Listing> lists, Set<String> resources) {

    /** More than a client has open in its window; each costs memory for as long as the stream is open. */
    private static final int MOST_RESOURCES = 1_000;

    Wishes {
        lists = Set.copyOf(lists);
        resources = Set.copyOf(resources);
    }

    static Wishes granted(JsonNode asked, Methods methods) {
        var lists = Arrays.stream(Listing.values())
                .filter(list -> asked.path(list.wish()).asBoolean() && methods.offers(list.capability(), "listChanged"))
                .collect(Collectors.toSet());
        var resources = new TreeSet<String>();
        if (methods.offers(Listing.RESOURCES.capability(), "subscribe")) {
            for (var uri : asked.path("resourceSubscriptions")) {
                if (methods.follows(uri.asText()) && resources.size() < MOST_RESOURCES) {
                    resources.add(uri.textValue());
                }
            }
        }
        return new Wishes(lists, resources);
    }

    boolean include(News news) {
        return news instanceof News.ListChanged changed
                ? lists.contains(changed.list())
                : resources.contains(((News.ResourceUpdated) news).uri());
    }

    /** What a client is told in return. */
    ObjectNode params() {
        var params = JsonNodeFactory.instance.objectNode();
        var granted = params.putObject("notifications");
        lists.forEach(list -> granted.put(list.wish(), true));
        if (!resources.isEmpty()) {
            var uris = granted.putArray("resourceSubscriptions");
            new TreeSet<>(resources).forEach(uris::add);
        }
        return params;
    }
}
