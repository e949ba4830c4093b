package dev.pgherd.devcluster.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.List;

/** The columns of pods, whose status is told from their containers. */
final class PodColumns {

    private PodColumns() {}

    static List<Column> all(Ages ages) {
        return List.of(
                Column.objectName(),
                Column.text("Ready", PodColumns::ready),
                Column.text("Status", PodColumns::status),
                Column.text("Restarts", pod -> restarts(pod, ages)),
                Column.age(ages),
                Column.wide("IP", pod -> orNone(Json.text(pod, "status", "podIP"))),
                Column.wide("Node", pod -> orNone(Json.text(pod, "spec", "nodeName"))),
                Column.wide("Nominated Node", pod -> "<none>"),
                Column.wide("Readiness Gates", pod -> "<none>"));
    }

    private static String ready(ObjectNode pod) {
        var ready = 0;
        for (var container : Json.at(pod, "status", "containerStatuses")) {
            ready += container.path("ready").asBoolean() ? 1 : 0;
        }
        return ready + "/" + Json.at(pod, "spec", "containers").size();
    }

    private static String status(ObjectNode pod) {
        if (pod.path("metadata").has("deletionTimestamp")) {
            return "Terminating";
        }
        var initializing = initializing(pod);
        if (!initializing.isEmpty()) {
            return initializing;
        }
        var status = or(Json.text(pod, "status", "reason"), Json.text(pod, "status", "phase"));
        for (var container : Json.at(pod, "status", "containerStatuses")) {
            status = or(reason(container), status);
        }
        return status;
    }

    private static String initializing(ObjectNode pod) {
        var total = Json.at(pod, "spec", "initContainers").size();
        var done = 0;
        for (var container : Json.at(pod, "status", "initContainerStatuses")) {
            var terminated = Json.at(container, "state", "terminated");
            if (terminated.isObject() && terminated.path("exitCode").asInt() == 0) {
                done++;
                continue;
            }
            var reason = reason(container);
            return reason.isEmpty() || reason.equals("PodInitializing")
                    ? "Init:" + done + "/" + total
                    : "Init:" + reason;
        }
        return "";
    }

    private static String reason(JsonNode container) {
        var waiting = Json.text(container, "state", "waiting", "reason");
        var terminated = Json.at(container, "state", "terminated");
        if (!waiting.isEmpty() || terminated.isMissingNode()) {
            return waiting;
        }
        return or(
                Json.text(terminated, "reason"),
                "ExitCode:" + terminated.path("exitCode").asInt());
    }

    private static String restarts(ObjectNode pod, Ages ages) {
        var restarts = 0;
        var last = "";
        for (var container : Json.at(pod, "status", "containerStatuses")) {
            restarts += container.path("restartCount").asInt();
            last = or(Json.text(container, "lastState", "terminated", "finishedAt"), last);
        }
        return restarts == 0 || last.isEmpty()
                ? Integer.toString(restarts)
                : restarts + " (" + ages.since(last) + " ago)";
    }

    private static String orNone(String text) {
        return or(text, "<none>");
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
