package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.Upgrade;
import java.util.Optional;

/**
 * The server that is to run now: until a change of the major version is through, that is the one before it.
 *
 * @param stopped whether it must be away, so that its data can be changed
 */
public record Server(int major, String image, boolean stopped) {

    public static Server of(PostgresInstance instance) {
        return instance.reported()
                .map(PostgresInstanceStatus::upgrade)
                .flatMap(upgrade -> during(upgrade, instance))
                .or(() -> beforeUpgrade(instance))
                .orElseGet(() -> wanted(instance));
    }

    private static Optional<Server> during(Upgrade upgrade, PostgresInstance instance) {
        var wanted = instance.wish().postgresVersion();
        return switch (upgrade.phase()) {
            case Upgrading, Restoring -> Optional.of(new Server(upgrade.from(), upgrade.fromImage(), true));
            case Starting ->
                Optional.of(
                        wanted == upgrade.to() ? wanted(instance) : new Server(upgrade.to(), upgrade.toImage(), false));
            case Checking, Refused, Failed ->
                Optional.of(
                        wanted == upgrade.from()
                                ? wanted(instance)
                                : new Server(upgrade.from(), upgrade.fromImage(), false));
            case Analyzing, Succeeded -> Optional.empty();
        };
    }

    /** The data are of another version than the spec says, and nothing has been decided yet. */
    private static Optional<Server> beforeUpgrade(PostgresInstance instance) {
        return instance.reported()
                .flatMap(status -> status.majorVersion()
                        .filter(major -> !major.equals(instance.wish().postgresVersion()))
                        .map(major -> new Server(major, imageOf(status, major), false)));
    }

    /** The image in use by a server of that version. */
    public static String imageOf(PostgresInstanceStatus status, int major) {
        return Optional.ofNullable(status.image()).orElse("postgres:" + major);
    }

    private static Server wanted(PostgresInstance instance) {
        return new Server(instance.wish().postgresVersion(), instance.wish().image(), false);
    }
}
