package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.devcluster.postgres.Unprivileged;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** An API server and a node on a directory, and the instance "shop" on a loopback address of its own. */
final class RunningCluster implements AutoCloseable {

    private final ApiServer server;
    private final KubernetesClient client;
    private final DevNode node;
    private final Path directory;
    private final String ip;

    private RunningCluster(Path directory, Unprivileged unprivileged) {
        this.directory = directory;
        this.ip = address(directory);
        server = new ApiServer(new ApiServerOptions(directory.resolve("state"), 0, Clock.systemUTC()));
        server.onPodLogs(DevNode.logs(directory)::file);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build();
        node = new DevNode(
                new DevNode.Options(client, directory, PostgresServer.binaries(), unprivileged, Clock.systemUTC()));
    }

    static RunningCluster on(Path directory) {
        try {
            return on(directory, Unprivileged.detect(DevNode.entered(directory, PostgresServer.binaries())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunningCluster on(Path directory, Unprivileged unprivileged) {
        var cluster = new RunningCluster(directory, unprivileged);
        try {
            cluster.node.start();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The same for the same directory, and away from where other clusters on this machine begin. */
    private static String address(Path directory) {
        var hash = directory.hashCode() & 0xFFFF;
        return "127.77." + (128 + (hash >> 8) % 100) + "." + (1 + (hash & 0xFF) % 250);
    }

    KubernetesClient client() {
        return client;
    }

    Path directory() {
        return directory;
    }

    /** Applies the instance, changed as wanted. */
    void apply(Consumer<StatefulSet> change) {
        try (var yaml = Objects.requireNonNull(RunningCluster.class.getResourceAsStream("shop.yaml"))) {
            var text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8).replace("@IP@", ip);
            var objects = client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .items();
            for (HasMetadata object : objects) {
                if (object instanceof StatefulSet set) {
                    change.accept(set);
                }
                client.resource(object).create();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void applyAndAwaitReady() {
        apply(set -> {});
        awaitReady();
    }

    void awaitReady() {
        await().until(() -> {
            var pod = pod();
            return pod != null && PodReadiness.isReady(pod);
        });
    }

    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions();
    }

    Pod pod() {
        return client.pods().inNamespace("default").withName("shop-0").get();
    }

    StatefulSet set() {
        return client.apps()
                .statefulSets()
                .inNamespace("default")
                .withName("shop")
                .get();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + ip + ":5432/postgres?connectTimeout=5", "postgres", "s3cret-'quote");
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String query(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    Path volume() throws IOException {
        return onlyVolume(directory);
    }

    static Path onlyVolume(Path directory) throws IOException {
        try (var volumes = Files.list(directory.resolve("volumes"))) {
            return volumes.findFirst().orElseThrow().toRealPath();
        }
    }

    ProcessHandle postmaster() throws IOException {
        var pid = Files.readAllLines(volume().resolve("17/data/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    List<ProcessHandle> processes() {
        var volumes = directory.resolve("volumes");
        return new OwnProcesses(PostgresServer.binaries(), directory.toString()).ofNode(volumes);
    }

    List<Event> events(String reason) {
        return client.v1().events().inNamespace("default").list().getItems().stream()
                .filter(event -> reason.equals(event.getReason()))
                .toList();
    }

    @Override
    public void close() {
        node.close();
        client.close();
        server.close();
    }
}
