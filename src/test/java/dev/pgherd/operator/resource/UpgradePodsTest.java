package dev.pgherd.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradeMethod;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradePodsTest {

    private static final PostgresInstance SHOP = shop();

    @Test
    void forADumpTheOldImageServesWhatTheNewOneReads() {
        // When
        var steps = UpgradePods.run(SHOP, upgrade(UpgradeMethod.DumpAndRestore))
                .getSpec()
                .getInitContainers();

        // Then
        assertThat(steps)
                .extracting(Container::getName, Container::getImage, Container::getRestartPolicy)
                .containsExactly(
                        tuple("room", "postgres:17", null),
                        tuple("old-server", "postgres:15", "Always"),
                        tuple("restore", "postgres:17", null));
        assertThat(steps).allSatisfy(step -> assertThat(mounts(step)).contains("data", "config", "tmp"));
    }

    @Test
    void forPgUpgradeOneImageDoesAll() {
        assertThat(UpgradePods.run(SHOP, upgrade(UpgradeMethod.PgUpgrade))
                        .getSpec()
                        .getInitContainers())
                .extracting(Container::getName)
                .containsExactly("upgrade");
    }

    @Test
    void aCheckForADumpLooksIntoBothImagesAndHasNoData() {
        // When
        var check = UpgradePods.check(SHOP, upgrade(UpgradeMethod.DumpAndRestore));

        // Then
        assertThat(check.getMetadata().getAnnotations()).containsEntry(UpgradePods.METHOD, "DumpAndRestore");
        assertThat(check.getSpec().getInitContainers())
                .extracting(Container::getImage)
                .containsExactly("postgres:15", "postgres:17");
        assertThat(check.getSpec().getInitContainers())
                .allSatisfy(step -> assertThat(mounts(step)).doesNotContain("data"));
    }

    private static List<String> mounts(Container container) {
        return container.getVolumeMounts().stream().map(VolumeMount::getName).toList();
    }

    private static Upgrade upgrade(UpgradeMethod method) {
        return new Upgrade(15, 17, "postgres:15", "postgres:17", "postgres:17", method, UpgradePhase.Checking, null);
    }

    private static PostgresInstance shop() {
        var shop = new PostgresInstance();
        shop.setMetadata(new ObjectMetaBuilder()
                .withNamespace("default")
                .withName("shop")
                .withGeneration(2L)
                .build());
        shop.setSpec(Given.spec("---\n{postgresVersion: 17}"));
        return shop;
    }
}
