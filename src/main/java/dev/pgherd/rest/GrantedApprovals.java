package dev.pgherd.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.approval.Approvals;
import dev.pgherd.mcp.approval.Grant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A person approves what an agent has asked for. */
record GrantedApprovals(ToolRequests tools, Approvals approvals, ApprovalKey key) {

    private static final Logger AUDIT = LoggerFactory.getLogger("dev.pgherd.audit");

    RestAnswer grant(RestRequest request) {
        key.require(request.bearer());
        if (!(request.body().get("token") instanceof String token)) {
            throw new RefusedException(400, "Field 'token' must be the token that the refused call told.");
        }
        var instance =
                InstanceKey.of(tools.call("get_postgres_instance", request, Map.of("instance", request.instance()))
                        .instances()
                        .get(0));
        var grant = approvals.grant(instance, token);
        if (grant instanceof Grant.Done done) {
            AUDIT.atInfo()
                    .addKeyValue("namespace", instance.namespace())
                    .addKeyValue("name", instance.name())
                    .addKeyValue("token", done.token())
                    .addKeyValue("caller", request.caller().connection())
                    .log("Approval granted");
            return RestAnswer.of(
                    200,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("token", done.token().toString())
                            .put("expires_at", done.token().expiresAt().toString()));
        }
        if (grant instanceof Grant.Refused refused) {
            throw new RefusedException(400, "Nothing was approved. The token %s.".formatted(refused.reason()));
        }
        throw new RefusedException(404, "%s is no instance that could be approved for.".formatted(instance));
    }
}
