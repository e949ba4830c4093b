package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tool that changes instances, on a real API and a real server; the test says what an operator would say. */
class UpdateInstanceTest extends AgentToolsFixture {

    private static final String UPDATE = "update_postgres_instance";

    @Test
    void onlyWhatIsGivenChanges() {
        // Given
        create("partly", """
                resources: {requests: {memory: 256Mi}, limits: {memory: 512Mi}}
                postgresql: {parameters: {work_mem: 8MB, maintenance_work_mem: 64MB}}
                lifecycle: {ttl: 4h}
                """);
        var parameters = new HashMap<String, Object>();
        parameters.put("work_mem", "16MB");
        parameters.put("maintenance_work_mem", null);

        // When
        var answer = update(
                "partly",
                Map.of("memory_limit", "128Mi", "parameters", parameters, "expiration_time", "2030-01-31T18:00:00Z"));

        // Then
        var spec = spec("partly");
        assertThat(spec.resources().limits()).hasToString("{memory=128Mi}");
        assertThat(spec.resources().requests()).hasToString("{memory=128Mi}");
        assertThat(spec.postgresql().parameters()).containsExactly(Map.entry("work_mem", "16MB"));
        assertThat(spec.lifecycle().ttl()).isNull();
        assertThat(spec.lifecycle().expirationTime()).isEqualTo("2030-01-31T18:00:00Z");
        assertThat(answer.text())
                .contains("not applied yet", "resources.requests.memory: 256Mi -> 128Mi", "work_mem: 8MB -> 16MB")
                .contains("One restart, after a checkpoint", "is dropped at 2030-01-31T18:00:00Z", "data are kept");
    }

    @Test
    void limitsOfASpecWithoutResourcesKeepTheOtherDefaults() {
        create("bare", "{}");

        update("bare", Map.of("cpu_limit", "2"));

        assertThat(spec("bare").resources().limits()).hasToString("{cpu=2, memory=512Mi}");
        assertThat(spec("bare").resources().requests()).hasToString("{cpu=100m, memory=256Mi}");
    }

    @Test
    void theServerIsAskedWhatAParameterTakes() {
        var answer = update(
                "shop",
                Map.of(
                        "parameters",
                        Map.of(
                                "work_mem",
                                "9MB",
                                "max_connections",
                                50,
                                "shared_preload_libraries",
                                "pg_stat_statements")));

        assertThat(answer.structured().path("effects").toString())
                .contains("max_connections, shared_preload_libraries: one restart", "work_mem: a reload");
        tools.follow("{}");
    }

    @Test
    void itWaitsUntilTheOperatorHasAppliedTheChange() throws Exception {
        create("waiting", "{}");
        var call = CompletableFuture.supplyAsync(() ->
                tools.caller().ask(UPDATE, Map.of("instance", "waiting", "hibernated", true, "wait_seconds", 60)));
        await().until(() -> spec("waiting").hibernated());
        report("waiting", new Condition(Condition.READY, "True", "Hibernated", "", "2026-11-20T10:00:00Z", 2));

        var answer = call.get(30, TimeUnit.SECONDS);

        assertThat(answer.structured().path("applied").asBoolean()).isTrue();
        assertThat(answer.text()).contains("Changed and applied", "The server stops", "the next query wakes it");
    }

    @Test
    void whatIsSoAlreadyIsNotWritten() {
        create("same", "lifecycle: {ttl: 4h}");
        var before = instance("same").get().getMetadata().getResourceVersion();

        var answer = update("same", Map.of("ttl", "4h", "storage_size", "1Gi", "idle_timeout", "never"));

        assertThat(answer.text()).contains("Nothing to change");
        assertThat(instance("same").get().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void aChangeThatCannotBeAppliedSaysWhy() {
        create("stuck", "{}");
        var call = CompletableFuture.supplyAsync(() -> tools.caller()
                .fail(
                        UPDATE,
                        Map.of("instance", "stuck", "parameters", Map.of("work_mem", "lots"), "wait_seconds", 60)));
        await().until(() -> spec("stuck").postgresql().parameters().containsKey("work_mem"));
        report(
                "stuck",
                new Condition(
                        Condition.STALLED, "True", "Refused", "work_mem is no number", "2026-11-20T10:00:00Z", 2));

        assertThat(call.join()).contains("cannot be applied: work_mem is no number", "work_mem: (none) -> lots");
    }

    @ParameterizedTest
    @CsvSource({
        "storage_size, 500Mi, size can only grow",
        "storage_size, big, quantity greater than zero",
        "ttl, soon, 'such as 90m, 4h or 7d'",
        "ttl, 59s, at least a minute",
        "idle_timeout, soon, 'such as 90m, 4h or 7d'",
        "expiration_time, tomorrow, RFC 3339",
        "expiration_time, 2020-01-31T18:00:00Z, use drop_postgres_instance",
        "deletion_protection, false, Unknown argument",
        "hibernated, yes, true or false",
    })
    void whatTheApiOrTheToolRefusesIsSaidInPlainWords(String field, String value, String words) {
        var name = "refused-" + field.replace('_', '-') + "-"
                + value.toLowerCase(Locale.ROOT).replace(':', '-');
        create(name, "{}");

        assertThat(tools.caller().fail(UPDATE, Map.of("instance", name, field, value, "wait_seconds", 0)))
                .contains(words);
        assertThat(spec(name)).isEqualTo(PostgresInstanceSpec.defaults());
    }

    @Test
    void ofAServerThatIsOnlyRegisteredNothingButItsEndChanges() {
        create("elsewhere", "external: {host: db.example, port: 5432, database: x, credentialsSecret: {name: s}}");

        assertThat(tools.caller().fail(UPDATE, Map.of("instance", "elsewhere", "cpu_limit", "2")))
                .contains("does not run this server", "'cpu_limit'");
        assertThat(update("elsewhere", Map.of("ttl", "2h")).text()).contains("2h after its creation");
    }

    @Test
    void whereDeletingNeedsAPersonsApprovalSoDoesAnEndThatDeletes() {
        create("guarded", "agentAccess: {requireApproval: [Delete]}");

        assertThat(tools.caller().fail(UPDATE, Map.of("instance", "guarded", "ttl", "1m")))
                .contains("Nothing was done", "requireApproval: Delete");
        assertThat(spec("guarded").lifecycle().ttl()).isNull();
        assertThat(update("guarded", Map.of("idle_timeout", "5m")).text()).contains("It hibernates when");
    }

    @Test
    void whereAPersonIsAskedForAnythingParametersNeedApproval() {
        create("tuned", "agentAccess: {requireApproval: [Write]}");

        assertThat(tools.caller().fail(UPDATE, Map.of("instance", "tuned", "parameters", Map.of("work_mem", "9MB"))))
                .contains("Nothing was done", "requireApproval: Write");
        assertThat(spec("tuned").postgresql().parameters()).isEmpty();
    }

    @Test
    void parametersThatOnlyPeopleChangeStayAsTheyAre() {
        create("kept", "postgresql: {parameters: {search_path: app}}");
        var gone = new HashMap<String, Object>();
        gone.put("search_path", null);

        assertThat(tools.caller().fail(UPDATE, Map.of("instance", "kept", "parameters", gone)))
                .contains("search_path is not for agents", "kubectl edit pgi");
        assertThat(tools.caller()
                        .fail(
                                "create_postgres_instance",
                                Map.of("name", "bent", "parameters", Map.of("session_replication_role", "replica"))))
                .contains("session_replication_role is not for agents");
        assertThat(spec("kept").postgresql().parameters()).containsExactly(Map.entry("search_path", "app"));
        assertThat(instance("bent").get()).isNull();
    }

    private Caller.Answer update(String name, Map<String, Object> changes) {
        var arguments = new HashMap<>(changes);
        arguments.put("instance", name);
        arguments.put("wait_seconds", 0);
        return tools.caller().ask(UPDATE, arguments);
    }

    private void create(String name, String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withNamespace("default").withName(name).build());
        instance.setSpec(Given.spec(spec));
        tools.cluster().client().resource(instance).create();
    }

    private void report(String name, Condition condition) {
        instance(name).editStatus(instance -> {
            instance.setStatus(Given.status(Map.of(
                    "observedGeneration",
                    instance.getMetadata().getGeneration(),
                    "phase",
                    "Running",
                    "conditions",
                    List.of(condition))));
            return instance;
        });
    }

    private PostgresInstanceSpec spec(String name) {
        return instance(name).get().wish();
    }

    private Resource<PostgresInstance> instance(String name) {
        return tools.cluster().instance("default", name);
    }
}
