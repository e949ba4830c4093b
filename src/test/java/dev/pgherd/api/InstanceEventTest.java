package dev.pgherd.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InstanceEventTest {

    @Test
    void anEventIsAboutThisVeryInstanceAndNamedAfterIt() {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team-a")
                .withName("shop")
                .withUid("1-2-3")
                .build());

        var event = new InstanceEvent(instance, InstanceEvent.WARNING, "Stalled", "no volume")
                .at(Instant.parse("2026-11-20T10:00:00.7Z"), "0a1b");

        assertThat(event.getMetadata().getNamespace()).isEqualTo("team-a");
        assertThat(event.getMetadata().getName()).isEqualTo("shop.0a1b");
        assertThat(event.getInvolvedObject().getKind()).isEqualTo("PostgresInstance");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("1-2-3");
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getReason()).isEqualTo("Stalled");
        assertThat(event.getLastTimestamp()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(event.getCount()).isEqualTo(1);
    }
}
