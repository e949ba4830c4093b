package dev.pgherd.devcluster.apiserver;

import dev.pgherd.devcluster.apiserver.fields.Manager;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import dev.pgherd.devcluster.apiserver.resource.ResourceCatalog;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import dev.pgherd.devcluster.apiserver.table.Tables;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Kubernetes API server inside this process: it keeps objects in a directory and listens on loopback. */
public final class ApiServer implements AutoCloseable {

    /** The name by which a kubeconfig of an embedded cluster is known, wherever it is. */
    public static final String CONTEXT = "pgherd-dev";

    private static final String LOOPBACK = "127.0.0.1";

    private final ApiServerOptions options;
    private volatile PodLogs podLogs = (namespace, pod, container) -> Optional.empty();
    private volatile boolean closing;
    private @Nullable ObjectStore store;
    private @Nullable GarbageCollection garbageCollection;
    private @Nullable Javalin http;
    private @Nullable Access access;

    public ApiServer(ApiServerOptions options) {
        this.options = options;
    }

    /** Sets where {@code kubectl logs} finds the logs. */
    public void onPodLogs(PodLogs logs) {
        this.podLogs = logs;
    }

    /** Opens the state directory and begins to answer. */
    public void start() {
        try {
            open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open() {
        var opened = ObjectStore.open(options.stateDirectory());
        store = opened;
        access = Access.of(options.stateDirectory());
        var catalog = new ResourceCatalog();
        opened.list(CustomDefinitions.RESOURCE, "").items().forEach(catalog::define);
        var now = new Now(options.clock());
        var admission = new Admission(opened, catalog, now);
        var writer = new ObjectWriter(opened, catalog, admission, now);
        var deletion = new Deletion(opened, writer, admission, now);
        opened.list(CustomDefinitions.RESOURCE, "")
                .items()
                .forEach(definition -> writer.prepareRules(ObjectMetadata.name(definition)));
        createDefaultNamespace(opened, catalog, writer);
        var collector = new GarbageCollector(opened, writer, deletion, new Dependents(opened, catalog));
        garbageCollection = new GarbageCollection(opened, collector);
        garbageCollection.start();
        var resources = new ResourceRequests(opened, writer, deletion, new Accept(new Tables(options.clock())));
        var logs = new PodLogRequests(opened, (ns, pod, container) -> podLogs.file(ns, pod, container), () -> closing);
        listen(new RequestHandler(access, catalog, resources, logs));
    }

    private static void createDefaultNamespace(ObjectStore store, ResourceCatalog catalog, ObjectWriter writer) {
        if (store.find(new ObjectKey("namespaces", "", "default")).isEmpty()) {
            var namespace = Json.object();
            namespace.putObject("metadata").put("name", "default");
            var manager = new Manager("apiserver", Manager.UPDATE, "v1", "");
            var options = new WriteOptions(
                    manager,
                    false,
                    false,
                    WriteOptions.FieldValidation.IGNORE,
                    WriteOptions.UnknownFields.IN_OBJECT,
                    warning -> {});
            writer.create(catalog.named("namespaces").orElseThrow(), "", namespace, options);
        }
    }

    private void listen(RequestHandler handler) {
        http = Javalin.create(config -> configure(config, handler)).start(LOOPBACK, options.port());
    }

    private static void configure(JavalinConfig config, RequestHandler handler) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.modifyServer(server -> server.setStopTimeout(0));
        config.jetty.modifyServletContextHandler(
                context -> context.addFilter(new WebSocketRefusal(), "/*", EnumSet.of(DispatcherType.REQUEST)));
        var methods =
                List.of(HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE);
        for (var method : methods) {
            config.routes.addHttpHandler(method, "/*", handler::handle);
        }
    }

    /** The URL of the server, with the token without which it refuses requests. */
    public URI url() {
        var port = started(http).port();
        return URI.create(
                "http://" + LOOPBACK + ":" + port + "/" + started(access).token());
    }

    /** A kubeconfig with this server as its only context, as YAML. */
    public String kubeconfig() {
        return String.join(
                "\n",
                "apiVersion: v1",
                "kind: Config",
                "clusters:",
                "- name: pgherd-dev",
                "  cluster:",
                "    server: " + url(),
                "users:",
                "- name: pgherd-dev",
                "  user: {}",
                "contexts:",
                "- name: " + CONTEXT,
                "  context:",
                "    cluster: pgherd-dev",
                "    user: pgherd-dev",
                "    namespace: default",
                "current-context: " + CONTEXT,
                "");
    }

    private static <T> T started(@Nullable T part) {
        return Objects.requireNonNull(part, "the API server is not started");
    }

    /** Ends all streams and stops; what was written is kept in the state directory. */
    @Override
    public void close() {
        closing = true;
        if (garbageCollection != null) {
            garbageCollection.close();
        }
        if (store != null) {
            store.close();
        }
        if (http != null) {
            http.stop();
        }
    }
}
