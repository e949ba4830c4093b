package dev.pgherd.cli;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What the demo shows once everything runs: a person applies an instance, an agent makes, fills and drops another. */
final class DemoStory {

    private static final String INSTANCE = "scratch";
    private static final long PATIENCE_SECONDS = 120;

    private final Narrator narrator;
    private final Lifetime lifetime;
    private final Herd herd;

    DemoStory(Narrator narrator, Lifetime lifetime, Herd herd) {
        this.narrator = narrator;
        this.lifetime = lifetime;
        this.herd = herd;
    }

    void tell() throws Exception {
        narrator.step("A person: kubectl apply -f examples/quickstart.yaml, and wait for Available", this::apply);
        var agent = narrator.step("An agent: connect the official MCP client", this::connect);
        call(agent, "Create a second instance", "create_postgres_instance", Map.of("name", INSTANCE));
        call(agent, "List both", "list_postgres_instances", Map.of());
        execute(agent, "CREATE TABLE city (name text PRIMARY KEY, population int)", List.of());
        execute(
                agent,
                "INSERT INTO city VALUES ($1, $2), ($3, $4), ($5, $6)",
                List.of("Lisbon", 545_923, "Porto", 231_800, "Braga", 193_324));
        call(
                agent,
                "Query with a bound parameter: population > 200000",
                "query",
                Map.of(
                        "instance",
                        INSTANCE,
                        "sql",
                        "SELECT name, population FROM city WHERE population > $1 ORDER BY name",
                        "params",
                        List.of(200_000)));
        call(agent, "Ask for its health", "health_check_postgres", Map.of("instance", INSTANCE));
        call(agent, "Drop the instance", "drop_postgres_instance", Map.of("instance", INSTANCE, "confirm", INSTANCE));
    }

    private PostgresInstance apply() throws IOException {
        var client = herd.client();
        try (var yaml = DemoStory.class.getResourceAsStream("/dev/pgherd/examples/quickstart.yaml")) {
            client.load(Objects.requireNonNull(yaml, "quickstart.yaml")).serverSideApply();
        }
        var available = available(client);
        var status = available.reported().orElseThrow();
        narrator.detail(
                "%s runs PostgreSQL %s".formatted(available.getMetadata().getName(), status.postgresVersion()));
        return available;
    }

    private static PostgresInstance available(KubernetesClient client) {
        return client.resources(PostgresInstance.class)
                .inNamespace("default")
                .withName("quickstart")
                .waitUntilCondition(
                        instance -> instance != null
                                && instance.reported()
                                        .filter(status -> status.met(Condition.AVAILABLE))
                                        .isPresent(),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    private McpSession connect() throws IOException {
        var agent = lifetime.own(McpSession.open(
                herd.baseUrl(), VersionCommand.current(), message -> narrator.detail("... " + message)));
        narrator.detail("tools: " + agent.tools());
        return agent;
    }

    private void execute(McpSession agent, String sql, List<Object> params) throws Exception {
        call(agent, sql, "execute", Map.of("instance", INSTANCE, "sql", sql, "params", params));
    }

    private void call(McpSession agent, String title, String tool, Map<String, Object> arguments) throws Exception {
        narrator.step("An agent: %s (%s)".formatted(title, tool), () -> {
            var answer = agent.call(tool, arguments);
            narrator.detail(answer);
            return answer;
        });
    }
}
