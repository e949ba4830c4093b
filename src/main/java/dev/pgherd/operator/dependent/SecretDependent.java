package dev.pgherd.operator.dependent;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;
import java.util.function.Supplier;

/** A Secret whose passwords are generated once and then left as they are. */
abstract class SecretDependent extends ChildDependent<Secret> {

    private final Passwords passwords = new Passwords();

    @Override
    protected final Secret desired(PostgresInstance instance, Context<PostgresInstance> context) {
        var name = name(instance);
        // Before a password is replaced by a new one, ask the API itself: an informer can be behind.
        var present = Children.find(context, Secret.class, name)
                .or(() -> Optional.ofNullable(context.getClient()
                        .secrets()
                        .inNamespace(instance.getMetadata().getNamespace())
                        .withName(name)
                        .get()));
        return desired(instance, present, passwords::generate);
    }

    abstract String name(PostgresInstance instance);

    abstract Secret desired(PostgresInstance instance, Optional<Secret> present, Supplier<String> generator);
}
