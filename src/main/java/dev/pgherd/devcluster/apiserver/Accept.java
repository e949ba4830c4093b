package dev.pgherd.devcluster.apiserver;

import io.javalin.http.Context;
import java.util.Objects;

/** What the client accepts as an answer. */
final class Accept {

    private Accept() {}

    static Representation representation(Context context, Query query) {
        return Representation.plain();
    }

    static boolean aggregatedDiscovery(Context context) {
        var accept = header(context);
        return accept.contains("as=APIGroupDiscoveryList") && accept.contains("v=v2");
    }

    private static String header(Context context) {
        return Objects.requireNonNullElse(context.header("Accept"), "");
    }
}
