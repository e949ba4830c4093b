package dev.pgherd.rest;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Statements in an instance, one a request. */
record Statements(ToolRequests tools) {

    RestAnswer query(RestRequest request) {
        return run("query", request);
    }

    RestAnswer execute(RestRequest request) {
        return run("execute", request);
    }

    private RestAnswer run(String tool, RestRequest request) {
        var arguments = new LinkedHashMap<String, @Nullable Object>(request.body());
        arguments.put("instance", request.instance());
        return RestAnswer.of(200, tools.call(tool, request, arguments).structured());
    }
}
