package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.helm.Chart;
import dev.pgherd.helm.Permissions;
import dev.pgherd.kubernetes.Requests;
import dev.pgherd.route.Route;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's roles allow each request that an instance's life takes; a new kind of request needs a new rule there. */
class ChartPermissionsIT {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PGHERD_NAMESPACES", "default",
            "PGHERD_LEADER_ELECTION", "true",
            "PGHERD_LEASE_NAMESPACE", "pgherd-system");

    private static final Map<String, Object> SELECT = Map.of("instance", "shop", "sql", "SELECT 1");

    @Test
    void theRolesOfTheChartSufficeFromCreationToDeletion(@TempDir Path directory) throws Exception {
        var reason = Chart.unavailable();
        assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
        var requests = new Requests();
        try (var cluster = new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC())) {
            cluster.start(false, progress -> {});
            cluster.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("pgherd-system")
                            .endMetadata()
                            .build())
                    .create();
            try (var client = requests.client(Files.readString(cluster.kubeconfig()));
                    var route = Routes.forEnvironment(RouteKind.POD_ADDRESS, false, cluster.client());
                    var herd = new Herd(
                            client,
                            route,
                            HttpConfig.defaults().withPort(0),
                            McpConfig.from(ENVIRONMENT),
                            PoolConfig.defaults(),
                            OperatorConfig.from(ENVIRONMENT),
                            () -> {})) {
                live(herd.start(), route, cluster.client());
            }
        }

        var everywhere = Permissions.of(Chart.objects(Map.of()));
        var listed = Permissions.of(Chart.objects(Map.of("operator.namespaces[0]", "default")));
        assertThat(requests.writes()).isNotEmpty();
        assertThat(requests.all()).allMatch(everywhere::allow).allMatch(listed::allow);
    }

    private static void live(Herd herd, Route route, KubernetesClient user) throws IOException {
        var shop = instance(user, "shop");
        try (var agent = McpSession.open(herd.baseUrl(), "test", message -> {})) {
            agent.call("create_postgres_instance", Map.of("name", "shop"));
            awaitReady(shop);
            agent.call("query", SELECT);
            agent.call("get_postgres_instance", Map.of("instance", "shop"));
            agent.call("health_check_postgres", Map.of("instance", "shop"));
            change(shop);
            agent.call("list_postgres_instances", Map.of());
            change(shop, "{hibernated: true}");
            agent.call("query", SELECT);
            approve(agent, shop);
            register(agent, route, user);
            expire(user);
            agent.call("drop_postgres_instance", Map.of("instance", "shop", "confirm", "shop"));
        }
    }

    private static Resource<PostgresInstance> instance(KubernetesClient user, String name) {
        return user.resources(PostgresInstance.class).inNamespace("default").withName(name);
    }

    /** By reload, by restart, in its size, in its databases, in its labels and its Service, and to a version without an image. */
    private static void change(Resource<PostgresInstance> shop) {
        change(shop, "{storage: {size: 2Gi}, postgresql: {parameters: {max_connections: '33'}}}");
        change(shop, "{inheritedMetadata: {labels: {team: red}}, service: {annotations: {lb: internal}}}");
        change(shop, "{databases: [{name: orders, reclaimPolicy: Delete, extensions: [{name: hstore}]}]}");
        patch(shop, "{databases: [], postgresVersion: 18, imageName: 'localhost/no-such-image:18'}");
        eventually(() -> assertThat(shop.get().reported().flatMap(status -> status.condition(Condition.READY)))
                .map(Condition::reason)
                .hasValue("UpgradeRefused"));
        change(shop, "{postgresVersion: 17, imageName: ''}");
    }

    /** As a person does with kubectl annotate. */
    private static void approve(McpSession agent, Resource<PostgresInstance> shop) {
        change(shop, "{agentAccess: {requireApproval: [Write, DDL]}}");
        var table = Map.<String, Object>of("instance", "shop", "sql", "CREATE TABLE approved (id int)");
        var refusal = assertThrows(CommandFailedException.class, () -> agent.call("execute", table));
        var token = Pattern.compile("pgherd.dev/approved=(\\S+)`").matcher(String.valueOf(refusal.getMessage()));
        assertThat(token.find()).as(refusal.getMessage()).isTrue();
        shop.edit(instance -> {
            instance.getMetadata().getAnnotations().put("pgherd.dev/approved", token.group(1));
            return instance;
        });
        var approved = new HashMap<>(table);
        approved.put("approval", token.group(1));
        agent.call("execute", approved);
    }

    /** A server that somebody else runs, which here is that of the shop. */
    private static void register(McpSession agent, Route route, KubernetesClient user) throws IOException {
        var status = Objects.requireNonNull(instance(user, "shop").get().getStatus());
        var server = route.to(new InstanceKey("default", "shop"), Objects.requireNonNull(status.endpoint()));
        copySecret(user, "shop-superuser", "elsewhere");
        create(user, "elsewhere", """
                {external: {host: %s, port: %d, database: app, credentialsSecret: {name: elsewhere}}}""".formatted(server.getHostString(), server.getPort()));
        awaitReady(instance(user, "elsewhere"));
        agent.call("query", Map.of("instance", "elsewhere", "sql", "SELECT 1"));
        agent.call("drop_postgres_instance", Map.of("instance", "elsewhere", "confirm", "elsewhere"));
    }

    /** PgHerd's own Secrets are refused there. */
    private static void copySecret(KubernetesClient user, String from, String to) {
        var secrets = user.secrets().inNamespace("default");
        user.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(to)
                        .endMetadata()
                        .withData(secrets.withName(from).get().getData())
                        .build())
                .create();
    }

    private static void expire(KubernetesClient user) {
        var end = Clock.systemUTC().instant().plusSeconds(5);
        create(user, "brief", "{deletionPolicy: Delete, lifecycle: {expirationTime: '%s'}}".formatted(end));
        eventually(() -> assertThat(instance(user, "brief").get()).isNull());
    }

    private static void create(KubernetesClient user, String name, String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace("default").build());
        instance.setSpec(Given.spec("---\n" + spec));
        user.resource(instance).create();
    }

    private static void change(Resource<PostgresInstance> shop, String spec) {
        patch(shop, spec);
        awaitReady(shop);
    }

    private static void patch(Resource<PostgresInstance> shop, String spec) {
        var wish = Serialization.unmarshal("---\n" + spec, Map.class);
        shop.patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", wish)));
    }

    private static void awaitReady(Resource<PostgresInstance> shop) {
        eventually(() -> {
            var instance = Objects.requireNonNull(shop.get());
            assertThat(instance.reported()).hasValueSatisfying(status -> {
                assertThat(status.observedGeneration())
                        .isEqualTo(instance.getMetadata().getGeneration());
                assertThat(status.met(Condition.READY))
                        .describedAs("%s", status)
                        .isTrue();
            });
        });
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(assertion);
    }
}
