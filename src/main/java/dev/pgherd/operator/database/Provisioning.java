package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.AgentAccess;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.database.access.Identifier;
import dev.pgherd.operator.resource.Secrets;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Makes the roles and their passwords. What was made is remembered in the server itself, as the comment on a role, together with a digest of the roles as they were then: a pass with nothing to do costs one
 * query, and a role that somebody changed (each can change its own password) is put right again.
 */
final class Provisioning {

    private Provisioning() {}

    static void ensure(Connection superuser, PostgresInstance instance, DatabaseSecrets secrets) throws SQLException {
        var owner = instance.wish().initdb().owner();
        var facts = facts(instance, secrets);
        var present = state(superuser, owner);
        if (!present.comment().equals(marker(facts, present))) {
            roles(superuser, instance, secrets);
            var marker = marker(facts, state(superuser, owner));
            run(
                    superuser,
                    "COMMENT ON ROLE %s IS %s"
                            .formatted(Identifier.quoted(Secrets.READER), Identifier.literal(marker)));
        }
    }

    private static void roles(Connection superuser, PostgresInstance instance, DatabaseSecrets secrets)
            throws SQLException {
        var owner = instance.wish().initdb().owner();
        var access = instance.wish().agentAccess();
        run(superuser, RolesAndGrants.role(owner));
        run(superuser, RolesAndGrants.ownerAttributes(owner));
        password(superuser, owner, secrets.ownerPassword());
        agent(superuser, Secrets.READER, access.mayRead(), access);
        agent(superuser, Secrets.WRITER, access.mayWrite(), access);
        password(superuser, Secrets.READER, secrets.readerPassword());
        password(superuser, Secrets.WRITER, secrets.writerPassword());
        run(superuser, RolesAndGrants.ownerIsWriter(owner));
    }

    private static void agent(Connection superuser, String name, boolean login, AgentAccess access)
            throws SQLException {
        run(superuser, RolesAndGrants.role(name));
        run(superuser, RolesAndGrants.agentAttributes(name, login, access.limits()));
        run(superuser, RolesAndGrants.memberOfNothing(name));
        run(superuser, RolesAndGrants.settings(name));
        if (!login) {
            run(superuser, RolesAndGrants.endSessions(name));
        }
    }

    /** The driver sends the SCRAM verifier: the password itself reaches neither the wire nor a log. */
    private static void password(Connection superuser, String role, String password) throws SQLException {
        superuser.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
    }

    /** What the statements depend on, as one word that tells nothing about it. */
    private static UUID facts(PostgresInstance instance, DatabaseSecrets secrets) {
        var owner = instance.wish().initdb().owner();
        var access = instance.wish().agentAccess();
        var login = "%s %s %s"
                .formatted(access.mayRead(), access.mayWrite(), access.limits().maxConnections());
        var facts = String.join("\n", RolesAndGrants.VERSION, owner, secrets.version(), login);
        return UUID.nameUUIDFromBytes(facts.getBytes(StandardCharsets.UTF_8));
    }

    private static String marker(UUID facts, RoleState state) {
        return "pgherd %s %s".formatted(facts, state.digest());
    }

    private record RoleState(String comment, String digest) {}

    private static RoleState state(Connection superuser, String owner) throws SQLException {
        try (var query = superuser.prepareStatement(RolesAndGrants.STATE)) {
            query.setString(1, Secrets.READER);
            query.setString(2, owner);
            query.setString(3, Secrets.READER);
            query.setString(4, Secrets.WRITER);
            query.setString(5, Secrets.READER);
            query.setString(6, Secrets.WRITER);
            try (var rows = query.executeQuery()) {
                rows.next();
                return new RoleState(String.valueOf(rows.getString(1)), String.valueOf(rows.getString(2)));
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
