package dev.pgherd.devcluster.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;

/** Where in an object something is wrong. */
record Place(List<Object> steps) {

    static Place of(NodePath location) {
        var steps = new ArrayList<Object>();
        for (var i = 0; i < location.getNameCount(); i++) {
            steps.add(location.getElement(i));
        }
        return new Place(List.copyOf(steps));
    }

    /** The place in the notation of messages, {@code spec.items[0].name}. */
    String path() {
        var path = new StringBuilder();
        for (var step : steps) {
            if (step instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(step);
            }
        }
        return path.toString();
    }

    /** Whether the value there is the same in both objects. */
    boolean sameIn(JsonNode object, JsonNode other) {
        var value = in(object);
        return !value.isMissingNode() && value.equals(in(other));
    }

    private JsonNode in(JsonNode object) {
        var found = object;
        for (var step : steps) {
            found = step instanceof Integer index ? found.path(index) : found.path(step.toString());
        }
        return found;
    }
}
