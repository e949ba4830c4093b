package dev.pgherd.operator;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.database.DatabaseSecrets;
import dev.pgherd.operator.database.InstanceDatabase;
import dev.pgherd.operator.dependent.ChildEvents;
import dev.pgherd.operator.dependent.Children;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.resource.InstanceNames;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.Observed;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes the snapshot of a pass: children from the informers, events where something is amiss, the server by SQL. */
final class Observer {

    private final InstanceDatabase database;
    private final SlowLane<DatabaseState> slowLane;

    Observer(InstanceDatabase database, SlowLane<DatabaseState> slowLane) {
        this.database = database;
        this.slowLane = slowLane;
    }

    Observed observe(PostgresInstance instance, RunState run, Context<PostgresInstance> context) {
        var cluster = look(instance, context);
        if (run instanceof RunState.Hibernated) {
            return cluster;
        }
        return cluster.podReady()
                ? cluster.with(ask(instance, context))
                : cluster.with(ChildEvents.about(
                        context,
                        Stream.of(cluster.statefulSet(), cluster.pod(), cluster.volumeClaim())
                                .flatMap(Optional::stream)));
    }

    /** What the informers know; nothing is asked of the server. */
    static Observed look(PostgresInstance instance, Context<PostgresInstance> context) {
        var names = InstanceNames.of(instance);
        return new Observed(
                Children.find(context, StatefulSet.class, names.statefulSet()),
                Children.find(context, Pod.class, names.pod()),
                Children.find(context, PersistentVolumeClaim.class, names.volumeClaim()),
                Children.find(context, Secret.class, names.superuserSecret()),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    /** Has the server write out what it holds in memory, as far as it can be reached. */
    void checkpoint(PostgresInstance instance, Context<PostgresInstance> context) {
        secrets(instance, context).ifPresent(secrets -> database.checkpoint(instance, secrets));
    }

    private DatabaseState ask(PostgresInstance instance, Context<PostgresInstance> context) {
        return secrets(instance, context)
                .map(secrets -> slowLane.ask(InstanceKey.of(instance), () -> database.reconcile(instance, secrets)))
                .orElseGet(() -> new DatabaseState.Unreachable("a Secret of the instance is missing"));
    }

    static Optional<DatabaseSecrets> secrets(PostgresInstance instance, Context<PostgresInstance> context) {
        var names = InstanceNames.of(instance);
        var superuser = Children.find(context, Secret.class, names.superuserSecret());
        var app = Children.find(context, Secret.class, names.appSecret());
        var agent = Children.find(context, Secret.class, names.agentSecret());
        return superuser.flatMap(s -> app.flatMap(a -> agent.map(g -> new DatabaseSecrets(s, a, g))));
    }
}
