package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** {@code kubectl logs}: the file of a container, from its end or as it grows. */
final class PodLogRequests {

    private static final Duration BETWEEN_READS = Duration.ofMillis(200);
    private static final int BUFFER = 8192;

    private final ObjectStore store;
    private final PodLogs logs;
    private final BooleanSupplier serverEnds;

    PodLogRequests(ObjectStore store, PodLogs logs, BooleanSupplier serverEnds) {
        this.store = store;
        this.logs = logs;
        this.serverEnds = serverEnds;
    }

    void handle(Context context, ResourcePath path) throws IOException, InterruptedException {
        var query = new Query(context);
        var pod = store.find(path.key()).orElseThrow(() -> ApiProblem.notFound(path.type(), path.name()));
        var container = container(pod, query.text("container"));
        var lines = lines(query);
        if (query.flag("previous")) {
            throw ApiProblem.badRequest(
                    "previous terminated container \"" + container + "\" in pod \"" + path.name() + "\" not found");
        }
        var file = logs.file(path.namespace(), path.name(), container)
                .filter(Files::isReadable)
                .orElseThrow(() -> ApiProblem.badRequest("container \"" + container + "\" in pod \"" + path.name()
                        + "\" is waiting to start: ContainerCreating"));
        var connection = new ClientConnection(context);
        context.res().setContentType("text/plain");
        stream(context, file, lines, query.flag("follow"), () -> stopFollowing(path, connection));
    }

    private boolean stopFollowing(ResourcePath path, ClientConnection connection) {
        return serverEnds.getAsBoolean()
                || connection.gone()
                || store.find(path.key()).isEmpty();
    }

    private static String container(ObjectNode pod, String wanted) {
        var names = new ArrayList<String>();
        for (var list : List.of("containers", "initContainers")) {
            Json.at(pod, "spec", list).forEach(container -> names.add(Json.text(container, "name")));
        }
        var name = wanted.isEmpty() && !names.isEmpty() ? names.get(0) : wanted;
        if (!names.contains(name)) {
            throw ApiProblem.badRequest("container " + name + " is not valid for pod " + ObjectMetadata.name(pod));
        }
        return name;
    }

    private static OptionalLong lines(Query query) {
        var lines = query.number("tailLines");
        if (lines.orElse(0) < 0) {
            throw ApiProblem.badRequest("tailLines must be greater than or equal to 0, it is " + lines.getAsLong());
        }
        return lines;
    }

    private static void stream(Context context, Path file, OptionalLong lines, boolean follow, BooleanSupplier stop)
            throws IOException, InterruptedException {
        var out = context.res().getOutputStream();
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(start(file, lines));
            var buffer = new byte[BUFFER];
            while (true) {
                var read = in.read(buffer);
                if (read > 0) {
                    out.write(buffer, 0, read);
                    continue;
                }
                out.flush();
                if (!follow || stop.getAsBoolean()) {
                    return;
                }
                Thread.sleep(BETWEEN_READS.toMillis());
            }
        }
    }

    /** Where the last lines begin. */
    private static long start(Path file, OptionalLong lines) throws IOException {
        if (lines.isEmpty()) {
            return 0;
        }
        var starts = new java.util.ArrayDeque<Long>();
        try (var in = new java.io.BufferedInputStream(Files.newInputStream(file))) {
            var position = 0L;
            var atStart = true;
            for (var next = in.read(); next >= 0; next = in.read()) {
                if (atStart) {
                    starts.addLast(position);
                }
                if (starts.size() > lines.getAsLong()) {
                    starts.removeFirst();
                }
                atStart = next == '\n';
                position++;
            }
            return starts.isEmpty() ? position : starts.getFirst();
        }
    }
}
