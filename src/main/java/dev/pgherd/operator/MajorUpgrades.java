package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradeMethod;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import dev.pgherd.operator.database.InstanceDatabase;
import dev.pgherd.operator.dependent.Children;
import dev.pgherd.operator.dependent.NameTakenException;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.resource.UpgradePods;
import dev.pgherd.operator.status.Observed;
import dev.pgherd.operator.status.UpgradeFacts;
import dev.pgherd.operator.status.Upgrades;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * Does what a change of the major version needs. It acts on the state that was reported, never on one that a lost write
 * could take back.
 */
final class MajorUpgrades {

    private static final Duration SOON = Duration.ofMillis(500);

    private final InstanceDatabase database;

    MajorUpgrades(InstanceDatabase database) {
        this.database = database;
    }

    /**
     * Where the change stands after this pass.
     *
     * @param moved whether that is another place than before
     */
    record Followed(Optional<Upgrade> state, boolean moved) {

        Duration sooner(Duration other) {
            var waits = state.filter(upgrade -> upgrade.phase().stopped() || upgrade.phase() == UpgradePhase.Analyzing)
                    .isPresent();
            return (moved || waits) && other.compareTo(SOON) > 0 ? SOON : other;
        }
    }

    Followed follow(PostgresInstance instance, Observed observed, Context<PostgresInstance> context) {
        var before = instance.reported().map(PostgresInstanceStatus::upgrade);
        var facts = facts(instance, before, context);
        var after = Upgrades.next(instance, observed, facts);
        var stays = after.map(Upgrade::phase).equals(before.map(Upgrade::phase))
                && after.map(Upgrade::method).equals(before.map(Upgrade::method));
        return new Followed(after, !stays);
    }

    private UpgradeFacts facts(PostgresInstance instance, Optional<Upgrade> before, Context<PostgresInstance> context) {
        var pods = new UpgradeWork(instance, context.getClient());
        var names = InstanceNames.of(instance);
        var check = Children.find(context, Pod.class, names.upgradeCheckPod()).filter(pods::own);
        // Where a pod may have the data in its hands, an informer that is behind is not good enough.
        var found = before.filter(upgrade -> upgrade.phase().stopped()).isPresent()
                ? pods.find(names.upgradePod())
                : Children.find(context, Pod.class, names.upgradePod());
        var run = found.filter(pods::own);
        var facts =
                new UpgradeFacts(check.filter(pod -> pods.current(pod, method(before))), run, Optional.empty(), false);
        try {
            return act(instance, before, check, facts, pods, context);
        } catch (KubernetesClientException | NameTakenException e) {
            var refusal = Failure.refusal(e).orElseThrow(() -> e);
            return new UpgradeFacts(facts.check(), run, Optional.of(refusal.message()), false);
        }
    }

    private static UpgradeMethod method(Optional<Upgrade> upgrade) {
        return upgrade.map(Upgrade::method).orElse(UpgradeMethod.PgUpgrade);
    }

    private UpgradeFacts act(
            PostgresInstance instance,
            Optional<Upgrade> before,
            Optional<Pod> check,
            UpgradeFacts facts,
            UpgradeWork pods,
            Context<PostgresInstance> context) {
        var phase = before.map(Upgrade::phase).orElse(UpgradePhase.Succeeded);
        var checks = phase == UpgradePhase.Checking || phase == UpgradePhase.Refused;
        check.filter(pod -> !checks || !pods.current(pod, method(before))).ifPresent(pods::delete);
        switch (phase) {
            case Checking, Refused -> {
                facts.run().ifPresent(pods::delete);
                var unable = before.flatMap(pods::unable);
                if (unable.isPresent()) {
                    return new UpgradeFacts(facts.check(), facts.run(), unable, false);
                }
                before.filter(upgrade -> check.isEmpty() && upgrade.from() < upgrade.to())
                        .ifPresent(upgrade -> pods.create(UpgradePods.check(instance, upgrade)));
            }
            case Upgrading ->
                before.filter(upgrade -> facts.run().isEmpty() && pods.serverIsGone())
                        .ifPresent(upgrade -> pods.create(UpgradePods.run(instance, upgrade)));
            case Restoring -> facts.run().filter(Upgrades::unfinished).ifPresent(pods::delete);
            case Analyzing, Succeeded -> facts.run().ifPresent(pods::delete);
            // What is left of a failed pod is there to be looked into.
            case Failed, Starting -> {}
        }
        var analyzed = phase == UpgradePhase.Analyzing
                && Observer.secrets(instance, context)
                        .map(secrets -> database.gatherStatistics(instance, secrets))
                        .orElse(false);
        return new UpgradeFacts(facts.check(), facts.run(), Optional.empty(), analyzed);
    }
}
