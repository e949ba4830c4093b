package dev.pgherd.cli;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.api.DeletionProtection;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** The lifecycle on a k3s of its own, where Docker answers; k3s pulls PostgreSQL's image itself. */
@EnabledIf(value = "dockerAnswers", disabledReason = "Docker does not answer here, and k3s runs in a container")
class K3sLifecycleIT extends InstanceLifecycle {

    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.1-k3s1");

    private final Lifetime lifetime = new Lifetime();
    private TestHerd herd;

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    @BeforeAll
    void start() throws Exception {
        lifetime.start();
        var k3s = lifetime.own(new K3sContainer(IMAGE));
        k3s.start();
        var client = lifetime.own(new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(k3s.getKubeConfigYaml()))
                .build());
        client.resource(Serialization.unmarshal(
                        CustomResourceDefinitions.postgresInstanceYaml(), CustomResourceDefinition.class))
                .serverSideApply();
        client.load(new ByteArrayInputStream(DeletionProtection.yaml().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        var route = lifetime.own(Routes.forEnvironment(RouteKind.PORT_FORWARD, false, client));
        var running =
                lifetime.own(new Herd(client, route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())));
        herd = lifetime.own(new TestHerd(running.start(), "default"));
    }

    @AfterAll
    void stop() {
        lifetime.close();
    }

    @Override
    public TestHerd herd() {
        return herd;
    }
}
