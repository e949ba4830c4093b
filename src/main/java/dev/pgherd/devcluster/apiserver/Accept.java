package dev.pgherd.devcluster.apiserver;

import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.table.Tables;
import dev.pgherd.devcluster.apiserver.table.Tables.Include;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Objects;

/** What the client accepts as an answer. */
record Accept(Tables tables) {

    Representation representation(Context context, Query query) {
        if (!header(context).contains("as=Table")) {
            return Representation.plain();
        }
        return new TableRepresentation(tables, include(query.text("includeObject")));
    }

    private static Include include(String text) {
        try {
            return text.isEmpty() ? Include.METADATA : Include.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("includeObject must be None, Metadata or Object: " + text);
        }
    }

    static boolean aggregatedDiscovery(Context context) {
        var accept = header(context);
        return accept.contains("as=APIGroupDiscoveryList") && accept.contains("v=v2");
    }

    private static String header(Context context) {
        return Objects.requireNonNullElse(context.header("Accept"), "");
    }
}
