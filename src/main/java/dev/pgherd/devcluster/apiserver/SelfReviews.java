package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.List;
import java.util.Optional;

/** What callers ask about themselves: there is one user here, who may do everything. */
final class SelfReviews {

    private SelfReviews() {}

    /** Empty where the resource is not such a question. */
    static Optional<ObjectNode> answer(String resource, ObjectNode review) {
        return switch (resource) {
            case "selfsubjectaccessreviews" -> Optional.of(access(review));
            case "selfsubjectrulesreviews" -> Optional.of(rules(review));
            case "selfsubjectreviews" -> Optional.of(identity(review));
            default -> Optional.empty();
        };
    }

    private static ObjectNode identity(ObjectNode review) {
        var answer = review.deepCopy();
        var user = Json.child(Json.child(answer, "status"), "userInfo").put("username", "pgherd-dev");
        user.putArray("groups").add("system:masters").add("system:authenticated");
        return answer;
    }

    /** An answer to a question that creates nothing: whether something is allowed, which it always is. */
    private static ObjectNode access(ObjectNode review) {
        var answer = review.deepCopy();
        Json.child(answer, "status").put("allowed", true);
        return answer;
    }

    /** An answer to the question of what is allowed: everything. */
    private static ObjectNode rules(ObjectNode review) {
        var answer = review.deepCopy();
        var status = Json.child(answer, "status").put("incomplete", false);
        var resources = status.putArray("resourceRules").addObject();
        List.of("verbs", "apiGroups", "resources")
                .forEach(field -> resources.putArray(field).add("*"));
        var paths = status.putArray("nonResourceRules").addObject();
        List.of("verbs", "nonResourceURLs")
                .forEach(field -> paths.putArray(field).add("*"));
        return answer;
    }
}
