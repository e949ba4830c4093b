package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;

/** The time as the Kubernetes API has it, for what cannot be taken back: the operator's own clock may be wrong. */
record ApiClock(KubernetesClient client) {

    private static final String MANAGER = "pgherd-clock";
    private static final PatchContext TRIAL = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(MANAGER)
            .withForce(true)
            .withDryRun(List.of("All"))
            .build();

    /** In whole seconds. The API writes down when each manager applied something; this one's apply is a trial only. */
    Instant time(PostgresInstance instance) {
        return client.resource(instance).patch(TRIAL, question(instance)).getMetadata().getManagedFields().stream()
                .filter(entry -> MANAGER.equals(entry.getManager()))
                .findFirst()
                .map(entry -> Instant.parse(entry.getTime()))
                .orElseThrow(() -> new IllegalStateException("the Kubernetes API does not say who applied what when"));
    }

    /** It must change something, and be about the very instance: one of the name alone would be made anew. */
    private static PostgresInstance question(PostgresInstance instance) {
        var question = new PostgresInstance();
        question.setMetadata(new ObjectMetaBuilder()
                .withName(instance.getMetadata().getName())
                .withNamespace(instance.getMetadata().getNamespace())
                .withUid(instance.getMetadata().getUid())
                .addToAnnotations("pgherd.dev/clock", "asked")
                .build());
        return question;
    }
}
