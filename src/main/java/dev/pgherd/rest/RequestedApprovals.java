package dev.pgherd.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.approval.OpenRequests;
import java.util.Objects;

/** A person looks at all that a token stands for, which agents do not see. */
record RequestedApprovals(OpenRequests requests, ApprovalKey key) {

    RestAnswer get(RestRequest request) {
        key.require(request.bearer());
        var instance = new InstanceKey(named("namespace", request), named("name", request));
        var open = requests.find(instance, named("token", request))
                .orElseThrow(() -> new RefusedException(
                        404,
                        "This PgHerd has not asked anybody to approve that for %s, or did too long ago, or it has been used. Another replica may have asked: the Events of the instance tell what can be told to all."
                                .formatted(instance)));
        return RestAnswer.of(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("token", open.token().toString())
                        .put("expires_at", open.token().expiresAt().toString())
                        .put("what", open.what()));
    }

    private static String named(String part, RestRequest request) {
        return Objects.requireNonNull(request.path().get(part), part);
    }
}
