package dev.pgherd.faults;

import java.net.URI;

/** One request to the Kubernetes API. */
record ApiCall(String method, String path, String query) {

    static ApiCall of(String method, URI uri) {
        var query = uri.getQuery() == null ? "" : uri.getQuery();
        return new ApiCall(method, uri.getPath(), query);
    }

    boolean watch() {
        return query.contains("watch=true");
    }

    /** Reads a whole collection of Secrets. */
    boolean readsSecrets() {
        return method.equals("GET") && path.endsWith("/secrets");
    }

    boolean isWrite() {
        return !method.equals("GET");
    }
}
