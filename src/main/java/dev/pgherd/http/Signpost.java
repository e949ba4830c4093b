package dev.pgherd.http;

import jakarta.servlet.Servlet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells those who come to a path where nothing is where there is something. */
record Signpost(String places) {

    private static final int NOT_FOUND = 404;

    /** Servlets of many paths say in their info with which to begin. */
    static Signpost of(Map<String, Servlet> servlets, List<String> others) {
        var plugged = servlets.entrySet().stream()
                .map(servlet -> Optional.ofNullable(servlet.getValue().getServletInfo())
                        .filter(info -> info.startsWith("/"))
                        .orElse(servlet.getKey()));
        return new Signpost(String.join(
                ", ", Stream.concat(plugged, others.stream()).sorted().toList()));
    }

    Problem problem(int status) {
        return status == NOT_FOUND
                ? new Problem(status, "There is nothing here; there are: %s.".formatted(places))
                : Problem.of(status);
    }
}
