package dev.pgherd.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.InstanceToolConfig;
import dev.pgherd.config.LeaderElection;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.Namespaces;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Helm chart; {@code -Dgolden.update=true} rewrites what it renders to. */
class ChartTest {

    private static final Path CASES = Path.of("src", "test", "resources", "helm");

    @BeforeAll
    static void helmRunsHere() {
        var reason = Chart.unavailable();
        assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
    }

    static List<String> cases() {
        try (var directories = Files.list(CASES)) {
            return directories
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void lintHasNothingToSay() {
        var result = Chart.helm().lint().strict().call();

        assertThat(result.isFailed()).describedAs("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theseValuesBecomeTheseObjects(String name) throws IOException {
        var golden = CASES.resolve(name).resolve("out.yaml");
        var rendered = render(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, rendered);
        }
        assertThat(rendered).isEqualTo(Files.readString(golden));
    }

    /** The client's models know every field that Kubernetes knows, and keep others apart. */
    @ParameterizedTest
    @MethodSource("cases")
    void everyFieldIsOneThatKubernetesKnows(String name) {
        assertThat(Chart.objects(render(name))).allSatisfy(object -> {
            var typed = new KubernetesSerialization().<HasMetadata>unmarshal(Serialization.asYaml(object));
            assertThat(typed).isNotInstanceOf(GenericKubernetesResource.class);
            assertThat(unknownFields(typed)).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePodSatisfiesRestrictedPodSecurity(String name) {
        var pod = pod(name);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getVolumes()).allMatch(volume -> volume.getEmptyDir() != null || volume.getSecret() != null);
        assertThat(pod.getContainers()).hasSize(1).allSatisfy(container -> {
            var security = container.getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
            assertThat(container.getResources().getLimits()).containsKey("memory");
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theProgramTakesItsSettings(String name) {
        var variables = pod(name).getContainers().get(0).getEnv().stream()
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));

        HttpConfig.from(variables);
        McpConfig.from(variables);
        OperatorConfig.from(variables);
        PoolConfig.from(variables);
        assertThat(variables.keySet())
                .filteredOn(key -> key.startsWith("PGHERD_"))
                .isSubsetOf(knownSettings());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theEmbeddedApiTakesWhatItHasKindsFor(String name, @TempDir Path directory) {
        try (var api = new EmbeddedApi(directory)) {
            api.namespace(Chart.NAMESPACE);
            var kinds = Set.of(
                    "ServiceAccount", "Service", "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
            assertThat(Chart.objects(render(name)))
                    .filteredOn(object -> kinds.contains(object.getKind()))
                    .isNotEmpty()
                    .allSatisfy(
                            object -> assertThat(api.client().resource(object).serverSideApply())
                                    .isNotNull());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "replica; 2; replica",
                "operator.namespace; a; namespace",
                "replicas; -1; replicas",
                "replicas; two; replicas",
                "operator.namespaces[0]; Team_A; namespaces",
                "operator.concurrency; 1; concurrency",
                "operator.leaderElection.enabled; maybe; enabled",
                "image.pullPolicy; Sometimes; pullPolicy",
                "image.digest; latest; digest",
                "service.port; 0; port",
                "mcp.instanceTools.prefix; a b; prefix",
                "mcp.callsAtATime; 0; callsAtATime",
                "pool.maxOpenConnections; 101; maxOpenConnections",
                "pool.maxIdleConnections; 6; must not be above pool.maxOpenConnections",
                "pool.idleSeconds; 1799; pool.lifetimeSeconds must be 2 above",
                "operator.leaderElection.enabled; false; operator.leaderElection.enabled: true",
            })
    void aValueThatCannotBeMeantIsNamed(String key, String value, String named) {
        assertThatThrownBy(() -> Chart.objects(Map.of(key, value)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(named);
    }

    /** Whoever installs without Helm applies the same policy. */
    @Test
    void thePolicyIsThePublishedOne() throws IOException {
        var published = Chart.objects(Files.readString(Path.of("crds", "deletion-protection.pgherd.dev.yaml")));

        assertThat(Chart.objects(Map.of()))
                .filteredOn(object -> object.getKind().startsWith("ValidatingAdmissionPolicy"))
                .extracting(object -> object.getMetadata().getName(), object -> object.get("spec"))
                .containsExactlyInAnyOrderElementsOf(published.stream()
                        .map(object -> tuple(object.getMetadata().getName(), object.<Object>get("spec")))
                        .toList());
    }

    @Test
    void aNamespaceListLeavesNothingClusterWideToTheOperator() {
        var chart = Chart.objects(Map.of("operator.namespaces[0]", "team-a"));

        assertThat(chart).noneMatch(object -> object.getKind().equals("ClusterRoleBinding"));
        assertThat(Permissions.of(chart).grants())
                .extracting(Permissions.Grant::namespace)
                .containsOnly("team-a", Chart.NAMESPACE);
    }

    /** What the models keep apart, at any depth. */
    private static Map<String, Object> unknownFields(Object model) {
        var unknown = new TreeMap<String, Object>();
        for (var method : model.getClass().getMethods()) {
            if (method.getParameterCount() == 0 && method.getName().startsWith("get")) {
                var value = read(model, method);
                if (method.getName().equals("getAdditionalProperties") && value instanceof Map<?, ?> more) {
                    more.forEach((key, found) -> unknown.put(String.valueOf(key), found));
                } else {
                    parts(value).forEach(part -> unknown.putAll(unknownFields(part)));
                }
            }
        }
        return unknown;
    }

    private static Stream<?> parts(@Nullable Object value) {
        var values = value instanceof Collection<?> many ? many.stream() : Stream.ofNullable(value);
        return values.filter(part -> part instanceof KubernetesResource);
    }

    private static @Nullable Object read(Object model, Method method) {
        try {
            return method.invoke(model);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Set<String> knownSettings() {
        return Stream.of(
                        HttpConfig.class,
                        McpConfig.class,
                        CallLimitConfig.class,
                        InstanceToolConfig.class,
                        PoolConfig.class,
                        OperatorConfig.class,
                        LeaderElection.class,
                        Namespaces.class)
                .flatMap(type -> Stream.of(type.getFields()))
                .map(ChartTest::value)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static String render(String name) {
        return Chart.render(CASES.resolve(name).resolve("values.yaml"));
    }

    private static PodSpec pod(String name) {
        return Chart.objects(render(name)).stream()
                .filter(object -> object.getKind().equals("Deployment"))
                .map(object -> Serialization.unmarshal(Serialization.asYaml(object), Deployment.class))
                .findFirst()
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
    }
}
