package dev.pgherd.rest;

import dev.pgherd.mcp.approval.Approvals;
import dev.pgherd.mcp.approval.OpenRequests;
import dev.pgherd.mcp.call.Toolbox;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The REST API: a servlet for the paths {@value #PATH}. */
public final class RestApi {

    /** Where the servlet belongs. */
    public static final String PATH = "/api/v1/*";

    static final String BASE = "/api/v1";

    private RestApi() {}

    /** Approves for whoever shows what the file holds; nobody where there is none. */
    public static Servlet servlet(
            Toolbox toolbox, Approvals approvals, OpenRequests requests, Optional<Path> approvalKeyFile) {
        var document = OpenApiDocument.load();
        var tools = new ToolRequests(toolbox);
        var key = new ApprovalKey(approvalKeyFile);
        var asking = new RequestedApprovals(requests, key);
        var granting = new GrantedApprovals(tools, approvals, key);
        return new RestServlet(document, routes(document, tools, asking::get, granting::grant));
    }

    /** All there are; the document describes each. */
    static List<Route> routes(OpenApiDocument document, ToolRequests tools, Operation requested, Operation approve) {
        var instances = new Instances(tools);
        var statements = new Statements(tools);
        return List.of(
                Route.of("GET", "/openapi.json", request -> RestAnswer.of(200, document.json())),
                Route.of("POST", "/instances", instances::create),
                Route.of("GET", "/instances", instances::list),
                Route.of("GET", "/instances/{namespace}/{name}", instances::get),
                Route.of("PATCH", "/instances/{namespace}/{name}", instances::update),
                Route.of("DELETE", "/instances/{namespace}/{name}", instances::drop),
                Route.of("POST", "/instances/{namespace}/{name}/query", statements::query),
                Route.of("POST", "/instances/{namespace}/{name}/execute", statements::execute),
                Route.of("GET", "/instances/{namespace}/{name}/approvals/{token}", requested),
                Route.of("POST", "/instances/{namespace}/{name}/approvals", approve));
    }
}
