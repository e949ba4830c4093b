package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.FieldSelector;
import dev.pgherd.devcluster.apiserver.resource.LabelSelector;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The query of a request. */
record Query(Context context) {

    String text(String name) {
        return Objects.requireNonNullElse(context.queryParam(name), "");
    }

    boolean flag(String name) {
        var text = text(name);
        return text.equals("true") || text.equals("1");
    }

    OptionalLong number(String name) {
        var text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw ApiProblem.badRequest("the query parameter " + name + " must be a number: \"" + text + "\"");
        }
    }

    boolean dryRun() {
        var text = text("dryRun");
        if (!text.isEmpty() && !text.equals("All")) {
            throw ApiProblem.badRequest("the query parameter dryRun must be All: \"" + text + "\"");
        }
        return !text.isEmpty();
    }

    Predicate<JsonNode> selector(ResourceType type) {
        return LabelSelector.parse(text("labelSelector")).and(FieldSelector.parse(text("fieldSelector"), type));
    }
}
