package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.Optional;
import java.util.OptionalLong;

/** How an object is to be deleted. */
record DeleteOptions(
        Propagation propagation,
        Optional<String> uid,
        Optional<String> resourceVersion,
        OptionalLong gracePeriodSeconds,
        boolean dryRun) {

    /** What becomes of the dependents of the deleted object. */
    enum Propagation {
        BACKGROUND,
        FOREGROUND,
        ORPHAN
    }

    static DeleteOptions background() {
        return read(Json.object(), "", OptionalLong.empty(), false);
    }

    /** The same, for the very object with that uid. */
    DeleteOptions of(String uid) {
        return new DeleteOptions(propagation, Optional.of(uid), resourceVersion, gracePeriodSeconds, dryRun);
    }

    /** From the body of the request, which may be empty, and its query. */
    static DeleteOptions read(JsonNode body, String propagation, OptionalLong gracePeriod, boolean dryRun) {
        var grace = body.path("gracePeriodSeconds");
        return new DeleteOptions(
                propagation(
                        propagation.isEmpty() ? Json.text(body, "propagationPolicy") : propagation,
                        body.path("orphanDependents").asBoolean()),
                precondition(body, "uid"),
                precondition(body, "resourceVersion"),
                grace.isNumber() ? OptionalLong.of(grace.asLong()) : gracePeriod,
                dryRun || Json.texts(body.path("dryRun")).contains("All"));
    }

    private static Propagation propagation(String text, boolean orphanDependents) {
        return switch (text) {
            case "Foreground" -> Propagation.FOREGROUND;
            case "Orphan" -> Propagation.ORPHAN;
            default -> orphanDependents ? Propagation.ORPHAN : Propagation.BACKGROUND;
        };
    }

    private static Optional<String> precondition(JsonNode body, String name) {
        return Optional.of(Json.text(body, "preconditions", name)).filter(text -> !text.isEmpty());
    }
}
