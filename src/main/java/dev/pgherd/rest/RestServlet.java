package dev.pgherd.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.http.CallerConnection;
import dev.pgherd.http.HttpServer;
import dev.pgherd.http.Problem;
import dev.pgherd.mcp.rpc.RunningCalls;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Finds the route of a request, and sends what becomes of it. */
final class RestServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final transient RequestReader reader;
    private final transient List<Route> routes;
    private final transient RunningCalls running = new RunningCalls();

    RestServlet(OpenApiDocument document, List<Route> routes) {
        this.reader = new RequestReader(document);
        this.routes = List.copyOf(routes);
    }

    @Override
    public String getServletInfo() {
        return RestApi.BASE + "/openapi.json";
    }

    @Override
    public void destroy() {
        running.close();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getRequestURI().contains(";")) {
            new Problem(400, "A path has no parameters here: leave out what begins with ';'.").send(response);
            return;
        }
        var path = Objects.requireNonNullElse(request.getPathInfo(), "");
        if (path.isEmpty() || path.equals("/")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND); // whoever gropes is told of all there is
            return;
        }
        var here = routes.stream()
                .filter(route -> route.path().match(path).isPresent())
                .toList();
        if (here.isEmpty()) {
            new Problem(404, "There is nothing here; " + RestApi.BASE + "/openapi.json describes what there is.")
                    .send(response);
            return;
        }
        request.setAttribute(HttpServer.ROUTE, RestApi.BASE + here.get(0).path().text());
        var method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        var route = here.stream().filter(one -> one.method().equals(method)).findFirst();
        if (route.isPresent()) {
            answer(request, response, route.get(), path);
        } else {
            withoutRoute(request, response, here);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Route route, String path)
            throws IOException {
        try {
            var names = route.path().match(path).orElseThrow();
            send(answer(request, route, names), response);
        } catch (RefusedException e) {
            e.problem().send(response, e.headers());
        }
    }

    /** Given up where the caller hangs up. */
    private RestAnswer answer(HttpServletRequest request, Route route, Map<String, String> names) throws IOException {
        try (var call = running.begin()) {
            var asked = reader.read(request, route, names, call.cancellation());
            call.answersOn(new WaitingCaller(CallerConnection.of(request)));
            return route.operation().answer(asked);
        }
    }

    private static void send(RestAnswer answer, HttpServletResponse response) throws IOException {
        var body = JSON.writeValueAsBytes(answer.json());
        response.setStatus(answer.status());
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        answer.headers().forEach(response::setHeader);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void withoutRoute(HttpServletRequest request, HttpServletResponse response, List<Route> here)
            throws IOException {
        var methods = new TreeSet<>(here.stream().map(Route::method).toList());
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        var allowed = String.join(", ", methods);
        if (request.getMethod().equals("OPTIONS")) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            response.setHeader("Allow", allowed);
        } else {
            new Problem(405, "Allowed here are: %s.".formatted(allowed)).send(response, Map.of("Allow", allowed));
        }
    }
}
