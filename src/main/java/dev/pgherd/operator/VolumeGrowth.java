package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.StatefulSets;
import dev.pgherd.operator.status.Observed;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Lets the volume grow to what the spec asks for, where its class can; the server runs on meanwhile. */
final class VolumeGrowth {

    private VolumeGrowth() {}

    /** What was refused, if anything was. */
    static Optional<Refusal> ensure(PostgresInstance instance, Observed observed, KubernetesClient client) {
        var wanted = StatefulSets.wantedSize(instance);
        try {
            observed.volumeClaim()
                    .filter(claim -> mayGrow(instance, observed))
                    .filter(claim -> isBound(claim) && smaller(StatefulSets.requested(claim), wanted))
                    .ifPresent(claim -> client.resource(claim).edit(c -> grown(c, wanted)));
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(Failure.refusal(e)
                    .map(refusal -> new Refusal(
                            Refusal.RESIZE_UNSUPPORTED,
                            "the volume cannot grow to %s: %s".formatted(wanted, refusal.message())))
                    .orElseThrow(() -> e));
        }
    }

    /** A volume in use grows where the spec lets it; one that nobody uses grows always. */
    private static boolean mayGrow(PostgresInstance instance, Observed observed) {
        return instance.wish().storage().resizeInUseVolumes() || observed.pod().isEmpty();
    }

    private static boolean isBound(PersistentVolumeClaim claim) {
        return claim.getStatus() != null && "Bound".equals(claim.getStatus().getPhase());
    }

    private static boolean smaller(Quantity one, Quantity other) {
        return one.getNumericalAmount().compareTo(other.getNumericalAmount()) < 0;
    }

    private static PersistentVolumeClaim grown(PersistentVolumeClaim claim, Quantity wanted) {
        return new PersistentVolumeClaimBuilder(claim)
                .editSpec()
                .editResources()
                .addToRequests("storage", wanted)
                .endResources()
                .endSpec()
                .build();
    }
}
