package dev.pgherd.operator.database;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices use of a server: by a session that is open, by sessions that came and went between two looks, or by a
 * statement of an agent. The sessions that PgHerd holds ready for agents are no use, nor are the operator's own.
 */
final class SessionWatch {

    private static final String LOOK = """
            SELECT (SELECT count(*) FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                      AND NOT (coalesce(application_name, '') = ? AND coalesce(usename, '') = ?)
                      AND NOT (coalesce(usename, '') IN (?, ?) AND coalesce(state, '') = 'idle')),
                   (SELECT coalesce(extract(epoch FROM max(state_change)), 0)::float8 FROM pg_stat_activity
                    WHERE usename IN (?, ?)),
                   (SELECT coalesce(sum(sessions), 0)::bigint FROM pg_stat_database WHERE datname <> ?)""";

    private final ConcurrentHashMap<InstanceKey, Seen> seen = new ConcurrentHashMap<>();
    private final Login login;
    private final Clock clock;

    SessionWatch(Login login, Clock clock) {
        this.login = login;
        this.clock = clock;
    }

    /** What one look found. */
    private record Look(boolean inUse, double lastStatement, long sessions) {

        /** The counter of sessions starts anew after a crash of the server. */
        boolean usedSince(Look earlier) {
            return inUse || lastStatement > earlier.lastStatement || sessions != earlier.sessions;
        }
    }

    private record Seen(String uid, Look look, Instant lastActivity) {}

    /** Empty where no idleTimeout is set. A first look finds the server in use, for nobody knows what was before. */
    Optional<Instant> lastActivity(Connection superuser, PostgresInstance instance) throws SQLException {
        var key = InstanceKey.of(instance);
        if (instance.wish().lifecycle().idleTimeout() == null) {
            seen.remove(key);
            return Optional.empty();
        }
        var look = look(superuser, login.sessionsElsewhere(key));
        var uid = instance.getMetadata().getUid();
        var now = clock.instant();
        var latest = seen.compute(
                key,
                (same, before) -> before == null || !before.uid().equals(uid) || look.usedSince(before.look())
                        ? new Seen(uid, look, now)
                        : new Seen(uid, look, before.lastActivity()));
        return Optional.of(latest.lastActivity());
    }

    private static Look look(Connection superuser, long own) throws SQLException {
        try (var query = superuser.prepareStatement(LOOK)) {
            var parameters = new String[] {
                Login.APPLICATION_NAME,
                Secrets.SUPERUSER,
                Secrets.READER,
                Secrets.WRITER,
                Secrets.READER,
                Secrets.WRITER,
                Login.MAINTENANCE_DATABASE
            };
            for (var i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            try (var rows = query.executeQuery()) {
                rows.next();
                return new Look(rows.getInt(1) > 0, rows.getDouble(2), rows.getLong(3) - own);
            }
        }
    }
}
