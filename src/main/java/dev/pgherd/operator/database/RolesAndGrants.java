package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.AgentLimits;
import dev.pgherd.operator.database.access.Identifier;
import dev.pgherd.operator.resource.Secrets;
import java.util.Objects;

/**
 * The statements that make roles and grants what they are to be; each can be repeated. The agents' roles are members
 * of nothing and own nothing but what the writer makes itself: they are the boundary of what an agent can do.
 */
final class RolesAndGrants {

    /** Raise it when the statements change, so that running instances get the new ones. */
    static final String VERSION = "5";

    /**
     * The comment on the role of parameter 1, and a digest of the owner's password (2) and of all that the agents'
     * roles (3 and 4, 5 and 6) are.
     */
    static final String STATE = """
            SELECT shobj_description(to_regrole(?)::oid, 'pg_authid'),
                   (SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
                      SELECT rolname || coalesce(rolpassword, '') AS part FROM pg_authid WHERE rolname = ?
                      UNION ALL
                      SELECT concat_ws(' ', a.*, s.setdatabase, s.setconfig)
                      FROM pg_authid a LEFT JOIN pg_db_role_setting s ON s.setrole = a.oid
                      WHERE a.rolname IN (?, ?)
                      UNION ALL
                      SELECT concat_ws(' ', 'member', m.roleid, m.member)
                      FROM pg_auth_members m JOIN pg_authid a ON a.oid = m.member
                      WHERE a.rolname IN (?, ?)) parts)""";

    /** A digest of the privileges and extensions of the database that it is asked in. */
    static final String INSIDE = """
            SELECT md5(concat_ws(E'\\n',
              (SELECT string_agg(concat_ws(' ', nspname, nspowner, nspacl), ',' ORDER BY nspname) FROM pg_namespace
               WHERE nspname NOT LIKE 'pg\\_%'),
              (SELECT string_agg(concat_ws(' ', defaclrole, defaclnamespace, defaclobjtype, defaclacl), ','
                                 ORDER BY oid) FROM pg_default_acl),
              (SELECT string_agg(concat_ws(' ', lanname, lanacl), ',' ORDER BY lanname) FROM pg_language),
              (SELECT string_agg(concat_ws(' ', oid, proacl), ',' ORDER BY oid) FROM pg_proc
               WHERE pronamespace = 'pg_catalog'::regnamespace AND proacl IS NOT NULL),
              (SELECT string_agg(concat_ws(' ', extname, extversion), ',' ORDER BY extname) FROM pg_extension),
              (SELECT string_agg(concat_ws(' ', evtname, evtevent, evtenabled, evttags), ',' ORDER BY evtname)
               FROM pg_event_trigger WHERE evtname = 'pgherd_access'),
              (SELECT string_agg(concat_ws(' ', proname, proowner, md5(prosrc), proconfig, proacl), ','
                                 ORDER BY proname) FROM pg_proc WHERE pronamespace = to_regnamespace('pgherd'))))""";

    /** Enough for the pools of several replicas, too few to keep the application out. */
    private static final int AGENT_CONNECTIONS = AgentLimits.USUAL_CONNECTIONS;

    private static final String WRITER = Identifier.quoted(Secrets.WRITER);

    private RolesAndGrants() {}

    /** Creates a login role where it is missing. */
    static String role(String name) {
        return """
               DO $do$ BEGIN
                 IF to_regrole(%s) IS NULL THEN CREATE ROLE %s; END IF;
               END $do$""".formatted(Identifier.literal(Identifier.quoted(name)), Identifier.quoted(name));
    }

    static String ownerAttributes(String owner) {
        return "ALTER ROLE %s LOGIN".formatted(Identifier.quoted(owner));
    }

    /** An owner that is missing is created, and gets no login: whose password would it have? */
    static String owner(String name) {
        return """
               DO $do$ BEGIN
                 IF to_regrole(%s) IS NULL THEN CREATE ROLE %s NOLOGIN; END IF;
               END $do$""".formatted(Identifier.literal(Identifier.quoted(name)), Identifier.quoted(name));
    }

    static String database(String name, String owner) {
        return "CREATE DATABASE %s OWNER %s".formatted(Identifier.quoted(name), Identifier.quoted(owner));
    }

    static String ownership(String database, String owner) {
        return "ALTER DATABASE %s OWNER TO %s".formatted(Identifier.quoted(database), Identifier.quoted(owner));
    }

    static String agentAttributes(String name, boolean login, AgentLimits limits) {
        return "ALTER ROLE %s %s NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"
                        .formatted(Identifier.quoted(name), login ? "LOGIN" : "NOLOGIN")
                + " CONNECTION LIMIT " + Objects.requireNonNullElse(limits.maxConnections(), AGENT_CONNECTIONS);
    }

    /** A role can give itself settings, for every database and for each; those that only a superuser can give stay. */
    static String settings(String name) {
        return """
               DO $do$ DECLARE name text; BEGIN
                 ALTER ROLE {role} RESET ALL;
                 FOR name IN SELECT quote_ident(datname) FROM pg_database LOOP
                   EXECUTE format('ALTER ROLE {role} IN DATABASE %s RESET ALL', name);
                 END LOOP;
                 ALTER ROLE {role} SET temp_file_limit = '1GB';
               END $do$""".replace("{role}", Identifier.quoted(name));
    }

    /** The owner may do with what the agents' writer made as with its own. */
    static String ownerIsWriter(String owner) {
        return "GRANT %s TO %s".formatted(WRITER, Identifier.quoted(owner));
    }

    /** Nobody's rights but their own: before PostgreSQL 16 every role may make others members of itself. */
    static String memberOfNothing(String name) {
        return """
               DO $do$ DECLARE membership record; BEGIN
                 FOR membership IN
                   SELECT m.roleid::regrole::text AS role,
                          CASE WHEN current_setting('server_version_num')::int >= 160000
                               THEN ' GRANTED BY ' || m.grantor::regrole::text || ' CASCADE' ELSE '' END AS grantor
                   FROM pg_auth_members m WHERE m.member = %1$s::regrole LOOP
                   EXECUTE format('REVOKE %%s FROM %2$s%%s', membership.role, membership.grantor);
                 END LOOP;
               END $do$""".formatted(Identifier.literal(Identifier.quoted(name)), Identifier.quoted(name));
    }

    /** Ends what a role still runs; one that may not log in any more would keep its open sessions. */
    static String endSessions(String name) {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = " + Identifier.literal(name);
    }
}
