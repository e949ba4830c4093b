package dev.pgherd.cli;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** How long an instance takes from apply to Available, beside a StatefulSet of the same image on the same cluster. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StatefulSetBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 5);

    abstract KubernetesClient client();

    abstract String namespace();

    @Test
    void anInstanceBesideABareStatefulSet() {
        var bare = new ArrayList<Double>();
        var available = new ArrayList<Double>();
        // One of each first: neither is to pay for what is loaded once.
        for (var round = -1; round < ROUNDS; round++) {
            var statefulSet = new BareStatefulSet(client(), namespace(), "bare-" + round);
            var forBare = Figures.seconds(statefulSet::start);
            statefulSet.delete();
            var name = "instance-" + round;
            var forInstance = Figures.seconds(() -> startInstance(name));
            deleteInstance(name);
            if (round >= 0) {
                bare.add(forBare);
                available.add(forInstance);
            }
        }
        Figures.print("bare StatefulSet, from create to Ready (s)", Figures.median(bare));
        Figures.print("instance, from create to Available (s)", Figures.median(available));
        Figures.print("ratio", Figures.median(available) / Figures.median(bare));
    }

    private PostgresInstance startInstance(String name) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(namespace())
                .build());
        instance.setSpec(Serialization.unmarshal("---\ndeletionPolicy: Delete", PostgresInstanceSpec.class));
        client().resource(instance).create();
        return client().resources(PostgresInstance.class)
                .inNamespace(namespace())
                .withName(name)
                .waitUntilCondition(
                        found -> found != null
                                && found.reported()
                                        .map(status -> status.met(Condition.AVAILABLE))
                                        .orElse(false),
                        3,
                        TimeUnit.MINUTES);
    }

    private void deleteInstance(String name) {
        client().resources(PostgresInstance.class)
                .inNamespace(namespace())
                .withName(name)
                .delete();
        client().pods()
                .inNamespace(namespace())
                .withName(name + "-0")
                .waitUntilCondition(pod -> pod == null, 3, TimeUnit.MINUTES);
    }
}
