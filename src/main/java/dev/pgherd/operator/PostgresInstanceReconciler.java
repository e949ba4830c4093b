package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.database.InstanceDatabase;
import dev.pgherd.operator.dependent.AgentSecretDependent;
import dev.pgherd.operator.dependent.AppSecretDependent;
import dev.pgherd.operator.dependent.Children;
import dev.pgherd.operator.dependent.ConfigMapDependent;
import dev.pgherd.operator.dependent.PodsServiceDependent;
import dev.pgherd.operator.dependent.ReadWriteServiceDependent;
import dev.pgherd.operator.dependent.StatefulSetDependent;
import dev.pgherd.operator.dependent.SuperuserSecretDependent;
import dev.pgherd.operator.dependent.Wanted;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.lifecycle.RunStates;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.status.Announcement;
import dev.pgherd.operator.status.Announcements;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.InstanceStatuses;
import dev.pgherd.operator.status.Observed;
import dev.pgherd.operator.status.Refusal;
import dev.pgherd.operator.status.UpgradeReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one {@link PostgresInstance} to its spec: apply, observe, follow up, report. */
@ControllerConfiguration(
        name = PostgresInstanceReconciler.NAME,
        fieldManager = "pgherd",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = InstanceChanges.class))
@Workflow(
        explicitInvocation = true,
        dependents = {
            @Dependent(type = SuperuserSecretDependent.class, useEventSourceWithName = Children.SECRETS),
            @Dependent(type = AppSecretDependent.class, useEventSourceWithName = Children.SECRETS),
            @Dependent(type = AgentSecretDependent.class, useEventSourceWithName = Children.SECRETS),
            @Dependent(type = ConfigMapDependent.class, useEventSourceWithName = Children.CONFIG_MAPS),
            @Dependent(type = ReadWriteServiceDependent.class, useEventSourceWithName = Children.SERVICES),
            @Dependent(type = PodsServiceDependent.class, useEventSourceWithName = Children.SERVICES),
            @Dependent(type = StatefulSetDependent.class, useEventSourceWithName = Children.STATEFUL_SETS)
        })
public final class PostgresInstanceReconciler implements Reconciler<PostgresInstance> {

    public static final String NAME = "postgres-instance";

    private static final Logger LOGGER = LoggerFactory.getLogger(PostgresInstanceReconciler.class);

    private final Observer observer;
    private final ExternalServers externals;
    private final MajorUpgrades upgrades;
    private final Lulls lulls = new Lulls();
    private final Clock clock;

    PostgresInstanceReconciler(
            InstanceDatabase database, SlowLane<DatabaseState> slowLane, ExternalServers externals, Clock clock) {
        this.externals = externals;
        this.observer = new Observer(database, slowLane);
        this.upgrades = new MajorUpgrades(database);
        this.clock = clock;
    }

    @Override
    public UpdateControl<PostgresInstance> reconcile(PostgresInstance instance, Context<PostgresInstance> context) {
        var now = clock.instant();
        var external = instance.wish().external();
        if (external == null && instance.wish().paused()) {
            var seen = Observer.look(instance, context);
            return report(instance, InstanceStatuses.paused(instance, seen, now), context);
        }
        var run = RunStates.of(instance, now);
        var ending = Ending.of(instance, run, new Announcer(context.getClient(), clock), context.getClient());
        if (ending instanceof Ending.Deleted) {
            return UpdateControl.noUpdate();
        }
        if (external != null) {
            var pass = externals.pass(instance, external, context.getClient(), now);
            return report(instance, pass.status(), context)
                    .rescheduleAfter(NextPass.in(instance, ending.sooner(pass.next()), now));
        }
        return manage(instance, run, ending, now, context);
    }

    private UpdateControl<PostgresInstance> manage(
            PostgresInstance instance, RunState run, Ending ending, Instant now, Context<PostgresInstance> context) {
        prepare(instance, run, context);
        var refusal = apply(context);
        var observed =
                observer.observe(instance, run, context).with(ending.refusal()).with(refusal);
        announce(instance, Announcements.ofDatabases(instance, observed), context);
        var followUp = FollowUp.after(instance, observed, pods(instance, context), context.getClient());
        Idling.ensure(instance, observed, now, context.getClient());
        var upgrade = upgrade(instance, run, observed, context);
        var told = observed.with(followUp.refusal()).with(UpgradeReport.refusal(upgrade.state()));
        var status = UpgradeReport.on(instance, InstanceStatuses.of(instance, run, told, now), upgrade.state(), now);
        var next = ending.sooner(upgrade.sooner(lulls.pause(followUp.next(), instance, told, now)));
        return report(instance, status, context).rescheduleAfter(NextPass.in(instance, run, observed, next, now));
    }

    private PodReplacement pods(PostgresInstance instance, Context<PostgresInstance> context) {
        var announcer = new Announcer(context.getClient(), clock);
        var check = Children.find(context, Pod.class, InstanceNames.of(instance).imageCheckPod())
                .filter(new OwnPods(instance, context.getClient())::own);
        return new PodReplacement(
                context.getClient(),
                new ImageChecks(instance, check, context.getClient()),
                () -> observer.checkpoint(instance, context),
                announcement -> announcer.announce(instance, announcement));
    }

    /** A change of the major version begins with a server that runs; one that has begun keeps the server from sleep. */
    private MajorUpgrades.Followed upgrade(
            PostgresInstance instance, RunState run, Observed observed, Context<PostgresInstance> context) {
        return run instanceof RunState.Hibernated
                ? new MajorUpgrades.Followed(instance.reported().map(PostgresInstanceStatus::upgrade), false)
                : upgrades.follow(instance, observed, context);
    }

    /** Tells the children what is wanted of the server; one that is to stop writes out first what it holds. */
    private void prepare(PostgresInstance instance, RunState run, Context<PostgresInstance> context) {
        Wanted.set(context, run);
        if (run instanceof RunState.Hibernated && Wanted.runsStill(instance, context)) {
            observer.checkpoint(instance, context);
        }
    }

    /** A refusal is no reason to look away: the server runs on, or does not, whatever becomes of the change. */
    private static Optional<Refusal> apply(Context<PostgresInstance> context) {
        try {
            context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
            return Optional.empty();
        } catch (OperatorException | KubernetesClientException e) {
            return Optional.of(Failure.refusal(e).orElseThrow(() -> e));
        }
    }

    @Override
    public ErrorStatusUpdateControl<PostgresInstance> updateErrorStatus(
            PostgresInstance instance, Context<PostgresInstance> context, Exception exception) {
        if (Failure.isOfOneThatIsGone(instance, exception)) {
            return ErrorStatusUpdateControl.<PostgresInstance>noStatusUpdate().withNoRetry();
        }
        var failure = Failure.of(exception);
        LOGGER.atWarn()
                .addKeyValue("namespace", instance.getMetadata().getNamespace())
                .addKeyValue("name", instance.getMetadata().getName())
                .addKeyValue("reason", failure.reason())
                .setCause(exception)
                .log("reconciliation failed");
        var status = InstanceStatuses.failed(instance, failure.reason(), failure.message(), clock.instant());
        return status.equals(instance.getStatus())
                ? ErrorStatusUpdateControl.noStatusUpdate()
                : ErrorStatusUpdateControl.patchStatus(patch(instance, status));
    }

    @Override
    public List<EventSource<?, PostgresInstance>> prepareEventSources(EventSourceContext<PostgresInstance> context) {
        return Children.eventSources(context);
    }

    private UpdateControl<PostgresInstance> report(
            PostgresInstance instance, PostgresInstanceStatus status, Context<PostgresInstance> context) {
        if (status.equals(instance.getStatus())) {
            return UpdateControl.noUpdate();
        }
        LOGGER.atInfo()
                .addKeyValue("namespace", instance.getMetadata().getNamespace())
                .addKeyValue("name", instance.getMetadata().getName())
                .addKeyValue("phase", status.phase())
                .addKeyValue(
                        "ready",
                        status.condition(Condition.READY).map(Condition::reason).orElse(""))
                .addKeyValue("available", status.met(Condition.AVAILABLE))
                .log("status changed");
        announce(instance, Announcements.between(instance.reported(), status), context);
        return UpdateControl.patchStatus(patch(instance, status));
    }

    private void announce(
            PostgresInstance instance, List<Announcement> announcements, Context<PostgresInstance> context) {
        var announcer = new Announcer(context.getClient(), clock);
        announcements.forEach(announcement -> announcer.announce(instance, announcement));
    }

    /** Identity and status only: a server-side apply carries nothing that this manager does not own. */
    private static PostgresInstance patch(PostgresInstance instance, PostgresInstanceStatus status) {
        var patch = new PostgresInstance();
        patch.setMetadata(new ObjectMetaBuilder()
                .withName(instance.getMetadata().getName())
                .withNamespace(instance.getMetadata().getNamespace())
                .build());
        patch.setStatus(status);
        return patch;
    }
}
