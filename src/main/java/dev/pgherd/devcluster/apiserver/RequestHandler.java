package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request: checks who asks, finds who answers, and turns problems into Status objects. */
final class RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private final Access access;
    private final ResourceCatalog catalog;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final ResourceRequests resources;
    private final PodLogRequests podLogs;

    RequestHandler(Access access, ResourceCatalog catalog, ResourceRequests resources, PodLogRequests podLogs) {
        this.access = access;
        this.catalog = catalog;
        this.discovery = new Discovery(catalog);
        this.openApi = new OpenApi(catalog);
        this.resources = resources;
        this.podLogs = podLogs;
    }

    void handle(Context context) {
        try {
            route(context);
        } catch (ApiProblem problem) {
            Answers.problem(context, problem);
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("method", context.method().name())
                    .setCause(e)
                    .log("the client has gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("method", context.method().name())
                    .setCause(e)
                    .log("request failed");
            Answers.problem(context, ApiProblem.internal("the server failed: " + e.getMessage()));
        }
    }

    private void route(Context context) throws IOException, InterruptedException {
        if (!access.fromLoopback(context)) {
            throw ApiProblem.forbidden("this server answers requests for loopback addresses only");
        }
        var segments = segments(context);
        if (segments.isEmpty() || !access.matches(segments.get(0))) {
            throw ApiProblem.noSuchPath();
        }
        var path = segments.subList(1, segments.size());
        switch (path.isEmpty() ? "" : path.get(0)) {
            case "api", "apis" -> api(context, path);
            case "openapi" -> openApi(context, path);
            case "version" -> Answers.json(context, 200, Discovery.version());
            case "healthz", "livez", "readyz" -> context.result("ok");
            default -> throw ApiProblem.noSuchPath();
        }
    }

    private void api(Context context, List<String> path) throws IOException, InterruptedException {
        var core = path.get(0).equals("api");
        if (path.size() == 1 && Accept.aggregatedDiscovery(context)) {
            Answers.json(context, 200, discovery.aggregated(core), AGGREGATED);
        } else if (path.size() <= (core ? 2 : 3)) {
            requireGet(context);
            Answers.json(context, 200, discover(core, path));
        } else if (path.get(path.size() - 1).startsWith("selfsubject")) {
            var answer = SelfReviews.answer(path.get(path.size() - 1), new Body(context).object());
            Answers.json(context, 201, answer.orElseThrow(ApiProblem::noSuchPath));
        } else {
            resource(context, ResourcePath.parse(path, catalog));
        }
    }

    private void openApi(Context context, List<String> path) {
        requireGet(context);
        if (path.size() < 2 || !path.get(1).equals("v3")) {
            throw ApiProblem.noSuchPath();
        }
        var document = String.join("/", path.subList(2, path.size()));
        Answers.json(context, 200, document.isEmpty() ? openApi.index() : openApi.document(document));
    }

    private ObjectNode discover(boolean core, List<String> path) {
        if (core) {
            return path.size() == 1 ? discovery.coreVersions() : discovery.resources("", path.get(1));
        }
        return switch (path.size()) {
            case 1 -> discovery.groups();
            case 2 -> discovery.group(path.get(1));
            default -> discovery.resources(path.get(1), path.get(2));
        };
    }

    private void resource(Context context, ResourcePath path) throws IOException, InterruptedException {
        if (path.subresource().equals("log")) {
            requireGet(context);
            podLogs.handle(context, path);
        } else {
            resources.handle(context, path);
        }
    }

    private static void requireGet(Context context) {
        if (!context.method().name().equals("GET")) {
            throw ApiProblem.methodNotAllowed();
        }
    }

    private static List<String> segments(Context context) {
        var segments = new ArrayList<String>();
        for (var segment :
                Objects.requireNonNullElse(context.req().getRequestURI(), "").split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment));
            }
        }
        return segments;
    }

    private static String decode(String segment) {
        try {
            var decoded = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (decoded.contains("/") || decoded.equals("..") || decoded.equals(".") || decoded.contains("\0")) {
                throw ApiProblem.badRequest("the path holds an invalid name");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw ApiProblem.badRequest("the path cannot be decoded");
        }
    }
}
