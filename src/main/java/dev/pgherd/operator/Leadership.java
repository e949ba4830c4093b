package dev.pgherd.operator;

import dev.pgherd.config.LeaderElection;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who of several operators acts: the one that holds the Lease. The framework elects; it would end the whole process
 * when the Lease is lost, also in the middle of an orderly end, and would never give the Lease back.
 */
final class Leadership {

    private static final Logger LOGGER = LoggerFactory.getLogger(Leadership.class);
    private static final int RESIGN_MILLIS = 3_000;

    private final KubernetesClient client;
    private final LeaderElection settings;
    private final String namespace;
    private final String identity;
    private final Runnable lost;
    private final AtomicBoolean over = new AtomicBoolean();

    /** What is run on loss runs on one of the elector's threads and must not wait for them. */
    Leadership(KubernetesClient client, LeaderElection settings, Runnable lost) {
        this.client = client;
        this.settings = settings;
        this.namespace = settings.leaseNamespace()
                .or(() -> Optional.ofNullable(client.getNamespace()))
                .orElse("default");
        // A pod's name alone would not tell a container from the one before it, nor two programs on one machine.
        this.identity = settings.identity().orElseGet(() -> "pgherd-" + UUID.randomUUID());
        this.lost = lost;
    }

    LeaderElectionConfiguration configuration() {
        // The framework's own way to end the process is not wanted, and "for test" is how it calls every other.
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(settings.leaseName())
                .withLeaseNamespace(namespace)
                .withIdentity(identity)
                .withLeaseDuration(settings.leaseDuration())
                .withRenewDeadline(settings.renewDeadline())
                .withRetryPeriod(settings.retryPeriod())
                .withLeaderCallbacks(new LeaderCallbacks(this::won, this::ended, this::seen))
                .buildForTest(false);
    }

    /** To be called before the elector is stopped, so that its end is not taken for a loss. */
    void end() {
        over.set(true);
    }

    /** Gives the Lease back, so that another takes over without waiting for it to expire. */
    void resign() {
        try {
            var quick = new RequestConfigBuilder()
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(RESIGN_MILLIS)
                    .build();
            client.adapt(NamespacedKubernetesClient.class)
                    .withRequestConfig(quick)
                    .call(this::release);
        } catch (KubernetesClientException e) {
            log("lease could not be given back", String.valueOf(e.getMessage()));
        }
    }

    private boolean release(KubernetesClient quick) {
        Resource<Lease> resource = quick.leases().inNamespace(namespace).withName(settings.leaseName());
        var lease = resource.get();
        if (lease == null || !identity.equals(lease.getSpec().getHolderIdentity())) {
            return false;
        }
        quick.resource(new LeaseBuilder(lease)
                        .editSpec()
                        .withHolderIdentity(null)
                        .endSpec()
                        .build())
                .update();
        return true;
    }

    private void won() {
        log("this operator leads", identity);
    }

    private void seen(String leader) {
        log("leader seen", String.valueOf(leader));
    }

    private void ended() {
        if (over.compareAndSet(false, true)) {
            lost.run();
        }
    }

    private void log(String event, String detail) {
        LOGGER.atInfo()
                .addKeyValue("lease", namespace + "/" + settings.leaseName())
                .addKeyValue("detail", detail)
                .log(event);
    }
}
