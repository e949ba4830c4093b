package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Makes the roles, their passwords, the database and the grants. What was made is remembered in the server itself, as
 * the comment on a role, together with a digest of the roles as they were then: a pass with nothing to do costs one
 * query, and a role that somebody changed (each can change its own password) is put right again.
 */
final class Provisioning {

    /** Raise it when the statements change, so that running instances get the new ones. */
    private static final String STATEMENTS_VERSION = "1";

    private final Login login;

    Provisioning(Login login) {
        this.login = login;
    }

    void ensure(Connection superuser, PostgresInstance instance, DatabaseSecrets secrets)
            throws IOException, SQLException {
        var owner = instance.wish().initdb().owner();
        var facts = facts(instance, secrets);
        var present = state(superuser, owner);
        if (!present.comment().equals(marker(facts, present))) {
            roles(superuser, owner, secrets);
            database(superuser, instance);
            grants(instance, secrets);
            var marker = marker(facts, state(superuser, owner));
            run(
                    superuser,
                    "COMMENT ON ROLE %s IS %s"
                            .formatted(Identifier.quoted(Secrets.READER), Identifier.literal(marker)));
        }
    }

    private static void roles(Connection superuser, String owner, DatabaseSecrets secrets) throws SQLException {
        run(superuser, RolesAndGrants.role(owner));
        run(superuser, RolesAndGrants.ownerAttributes(owner));
        password(superuser, owner, secrets.ownerPassword());
        for (var agent : new String[] {Secrets.READER, Secrets.WRITER}) {
            run(superuser, RolesAndGrants.role(agent));
            run(superuser, RolesAndGrants.agentAttributes(agent));
            run(superuser, RolesAndGrants.settings(agent));
        }
        password(superuser, Secrets.READER, secrets.readerPassword());
        password(superuser, Secrets.WRITER, secrets.writerPassword());
        run(superuser, RolesAndGrants.ownerIsWriter(owner));
    }

    private static void database(Connection superuser, PostgresInstance instance) throws SQLException {
        var initdb = instance.wish().initdb();
        try (var query = superuser.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, initdb.database());
            try (var rows = query.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
        }
        run(
                superuser,
                "CREATE DATABASE %s OWNER %s"
                        .formatted(Identifier.quoted(initdb.database()), Identifier.quoted(initdb.owner())));
    }

    private void grants(PostgresInstance instance, DatabaseSecrets secrets) throws IOException, SQLException {
        var initdb = instance.wish().initdb();
        try (var connection = login.open(instance, secrets, initdb.database())) {
            run(connection, RolesAndGrants.grants(initdb.database(), initdb.owner()));
        }
    }

    /** The driver sends the SCRAM verifier: the password itself reaches neither the wire nor a log. */
    private static void password(Connection superuser, String role, String password) throws SQLException {
        superuser.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
    }

    /** What the statements depend on, as one word that tells nothing about it. */
    private static UUID facts(PostgresInstance instance, DatabaseSecrets secrets) {
        var initdb = instance.wish().initdb();
        var facts = String.join("\n", STATEMENTS_VERSION, initdb.database(), initdb.owner(), secrets.version());
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
