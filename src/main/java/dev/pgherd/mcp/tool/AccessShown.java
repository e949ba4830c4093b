package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.v1alpha1.AgentAccess;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What agents are told of what they may do in an instance, in the words of its spec.
 *
 * @param managed whether PgHerd made the roles there
 */
record AccessShown(AgentAccess access, boolean managed) {

    private static final String ROLES = "login roles inside the database";
    private static final String GUARD = "weaker than elsewhere: a read-only transaction for query, a look at each"
            + " statement, and whatever the one user of this server may not do";

    ObjectNode json() {
        ObjectNode json = new KubernetesSerialization().convertValue(access, ObjectNode.class);
        json.put("allowDDL", access.mayDefine()).put("boundary", managed ? ROLES : GUARD);
        json.remove("pool");
        Stream.of("blocked", "limits").filter(name -> json.path(name).isEmpty()).forEach(json::remove);
        return json;
    }

    String line() {
        var blocked = Stream.of(
                        access.blocked().tables(),
                        access.blocked().columns(),
                        access.blocked().functions())
                .flatMap(List::stream)
                .toList();
        return "agentAccess: mode %s, allowDDL %s, allowExplain %s%s%s%s"
                .formatted(
                        access.mode(),
                        access.mayDefine(),
                        access.allowExplain(),
                        list("schemas", access.schemas()),
                        list("blocked", blocked),
                        list("requireApproval", access.requireApproval()));
    }

    private static String list(String name, Collection<?> values) {
        return values.isEmpty()
                ? ""
                : ", %s %s"
                        .formatted(
                                name,
                                String.join(
                                        " ",
                                        values.stream().map(String::valueOf).toList()));
    }
}
