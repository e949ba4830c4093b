package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.ExpirationPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import dev.pgherd.api.v1alpha1.RestartPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a change means for those who use the instance, in sentences; pure. */
record ChangeEffects(SpecChange change, PostgresInstance after, Map<String, String> contexts) {

    private static final String RESTART_BY_HAND = "annotate it with a new pgherd.dev/restart-requested-at";

    List<String> told() {
        var told = new ArrayList<String>();
        if (change.touches("storage")) {
            told.add(
                    after.wish().storage().resizeInUseVolumes()
                            ? "The volume grows while the server runs, where its StorageClass can; it cannot shrink again."
                            : "The volume grows when the server stops next; it cannot shrink again.");
        }
        if (change.touches("resources")) {
            told.add("One restart, after a checkpoint: open connections end.");
        }
        parameters(told);
        if (change.touches("lifecycle.ttl") || change.touches("lifecycle.expirationTime")) {
            told.add(end(after.wish()));
        }
        if (change.touches("lifecycle.idleTimeout")) {
            var timeout = after.wish().lifecycle().idleTimeout();
            told.add(
                    timeout == null
                            ? "It does not hibernate by itself any more."
                            : "It hibernates when nobody but PgHerd was connected for %s; a query wakes it."
                                    .formatted(timeout));
        }
        if (change.touches("hibernated")) {
            told.add(
                    after.wish().hibernated()
                            ? "The server stops and open connections end; the data stay, and the next query wakes it."
                            : "The server starts.");
        } else if (after.wish().hibernated()) {
            told.add("It is hibernated: what is about the server takes effect when it starts.");
        }
        return told;
    }

    private void parameters(List<String> told) {
        var restarting = named("postmaster"::equals);
        if (!restarting.isEmpty()) {
            told.add(
                    after.wish().postgresql().restartPolicy() == RestartPolicy.Manual
                            ? "%s: waits for a restart, which nobody makes by itself (restartPolicy Manual); %s."
                                    .formatted(restarting, RESTART_BY_HAND)
                            : "%s: one restart, open connections end.".formatted(restarting));
        }
        var reloading = named(context -> !context.isEmpty() && !context.equals("postmaster"));
        if (!reloading.isEmpty()) {
            told.add("%s: a reload, nobody is interrupted.".formatted(reloading));
        }
        var unknown = named(String::isEmpty);
        if (!unknown.isEmpty()) {
            told.add("%s: a reload, or one restart where PostgreSQL asks for it.".formatted(unknown));
        }
    }

    private String named(Predicate<String> context) {
        return change.parameters().stream()
                .filter(name -> context.test(contexts.getOrDefault(name, "")))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String end(PostgresInstanceSpec spec) {
        var lifecycle = spec.lifecycle();
        if (lifecycle.ttl() == null && lifecycle.expirationTime() == null) {
            return "Its life does not end by itself any more.";
        }
        var when =
                lifecycle.ttl() == null ? "at " + lifecycle.expirationTime() : lifecycle.ttl() + " after its creation";
        return lifecycle.onExpiration() == ExpirationPolicy.Hibernate
                ? "It hibernates %s.".formatted(when)
                : "It is dropped %s; its data are %s (deletionPolicy %s)."
                        .formatted(
                                when,
                                switch (spec.deletionPolicy()) {
                                    case Delete -> "deleted with it";
                                    case Retain -> "kept";
                                },
                                spec.deletionPolicy());
    }
}
