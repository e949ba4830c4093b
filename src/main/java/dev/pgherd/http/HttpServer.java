package dev.pgherd.http;

import dev.pgherd.config.HttpConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.net.BindException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one port: health, metrics and the servlets that are plugged in by path, behind the same filters. */
public final class HttpServer implements AutoCloseable {

    /** Request attribute with which a servlet of many routes names the one that answered, by its pattern, for metrics. */
    public static final String ROUTE = HttpServer.class.getName() + ".route";

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration IDLE_ON_CLOSE = Duration.ofMillis(50);
    private static final String HEALTH = "/health";
    private static final String METRICS = "/metrics";
    private static final String METRICS_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpConfig config;
    private final PrometheusMeterRegistry registry;
    private final Map<String, Servlet> servlets;
    private final Signpost signpost;
    private final JvmMetrics jvm;
    private final ConnectionStatistics connections = new ConnectionStatistics();
    private final Javalin javalin;

    /** Servlets that hold streams open are closed by their owner before this server is. */
    public HttpServer(
            HttpConfig config,
            PrometheusMeterRegistry registry,
            List<HealthCheck> checks,
            Map<String, Servlet> servlets) {
        this.config = config;
        this.registry = registry;
        this.servlets = Map.copyOf(servlets);
        this.signpost = Signpost.of(servlets, List.of(HEALTH, METRICS));
        this.jvm = new JvmMetrics(registry);
        this.javalin = Javalin.create(settings -> configure(settings, new HealthHandler(checks)));
    }

    /**
     * Listens.
     *
     * @throws HttpStartException when the address cannot be used
     */
    public HttpServer start() {
        try {
            javalin.start();
        } catch (RuntimeException e) {
            close();
            throw cannotListen(e);
        }
        jvm.bind();
        Gauge.builder("http.server.connections", connections, ConnectionStatistics::getConnections)
                .description("Connections that clients have open")
                .register(registry);
        LOG.atInfo()
                .addKeyValue("host", config.host())
                .addKeyValue("port", port())
                .log("HTTP server listens");
        return this;
    }

    /** The port in use, also where any free one was asked for. */
    public int port() {
        return javalin.port();
    }

    /** Gives requests that run some time to end; the connections of others are cut. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.atInfo().setCause(e).log("Some requests did not end in time, their connections are closed");
        } finally {
            jvm.close();
        }
    }

    private void configure(JavalinConfig settings, HealthHandler health) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.startup.startupWatcherEnabled = false;
        settings.http.prefer405over404 = true;
        settings.http.maxRequestSize = config.maxRequestBytes();
        settings.jetty.addConnector(this::connector);
        settings.jetty.modifyServer(this::configure);
        settings.jetty.modifyServletContextHandler(this::plugIn);
        settings.routes.get(HEALTH, health);
        settings.routes.get(METRICS, this::metrics);
        settings.routes.beforeMatched(context -> context.req().setAttribute(ROUTE, context.endpoint().path));
        settings.routes.exception(HttpResponseException.class, (e, context) -> answer(e.getStatus(), context));
        settings.routes.exception(Exception.class, this::failed);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        var connector = new WatchedConnector(server, http);
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.addBean(connections);
        connector.setShutdownIdleTimeout(IDLE_ON_CLOSE.toMillis());
        return connector;
    }

    private void configure(Server server) {
        server.setStopTimeout(config.shutdownGrace().toMillis());
        server.setErrorHandler(new ProblemErrorHandler(signpost));
        server.setHandler(new GracefulHandler(new BodiesFirst(config.maxRequestBytes())));
    }

    private void plugIn(ServletContextHandler context) {
        context.setErrorHandler(new ProblemErrorHandler(signpost));
        add(context, new RequestMetricsFilter(registry, servlets.keySet()));
        add(context, new CallerFilter(new CallerGuard(config)));
        add(context, new BodyLimitFilter(config.maxRequestBytes()));
        servlets.forEach((path, servlet) -> {
            var holder = new ServletHolder(servlet);
            holder.setAsyncSupported(true);
            context.addServlet(holder, path);
        });
    }

    private static void add(ServletContextHandler context, Filter filter) {
        var holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private void metrics(Context context) {
        context.contentType(METRICS_FORMAT).result(registry.scrape());
    }

    private void failed(Exception e, Context context) {
        LOG.atError().addKeyValue("path", context.path()).setCause(e).log("Request failed");
        answer(500, context);
    }

    private void answer(int status, Context context) {
        context.status(status)
                .contentType(Problem.CONTENT_TYPE)
                .result(signpost.problem(status).json());
    }

    private HttpStartException cannotListen(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new HttpStartException(
                        "Cannot listen on %s:%d: %s. Stop the program that uses it, or set %s (0 takes any free port) or %s."
                                .formatted(
                                        config.host(),
                                        config.port(),
                                        cause.getMessage(),
                                        HttpConfig.PORT,
                                        HttpConfig.HOST),
                        failure);
            }
        }
        return new HttpStartException(
                "Cannot listen on %s:%d: %s. Check %s and %s."
                        .formatted(
                                config.host(), config.port(), failure.getMessage(), HttpConfig.HOST, HttpConfig.PORT),
                failure);
    }
}
