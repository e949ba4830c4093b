package dev.pgherd.operator.database;

import dev.pgherd.operator.resource.Secrets;

/**
 * The statements that make roles and grants what they are to be; each can be repeated. The agents' roles are members
 * of nothing and own nothing but what the writer makes itself: they are the boundary of what an agent can do.
 */
final class RolesAndGrants {

    /** Raise it when the statements change, so that running instances get the new ones. */
    static final String VERSION = "2";

    /**
     * The comment on the role of parameter 1, and a digest of the owner's password (2) and of all that the agents'
     * roles (3, 4) are.
     */
    static final String STATE = """
            SELECT shobj_description(to_regrole(?)::oid, 'pg_authid'),
                   (SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
                      SELECT rolname || coalesce(rolpassword, '') AS part FROM pg_authid WHERE rolname = ?
                      UNION ALL
                      SELECT concat_ws(' ', a.*, s.setdatabase, s.setconfig)
                      FROM pg_authid a LEFT JOIN pg_db_role_setting s ON s.setrole = a.oid
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
              (SELECT string_agg(concat_ws(' ', extname, extversion), ',' ORDER BY extname) FROM pg_extension)))""";

    /** Enough for the pools of several replicas, too few to keep the application out. */
    private static final int AGENT_CONNECTIONS = 30;

    private static final String READER = Identifier.quoted(Secrets.READER);
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

    static String agentAttributes(String name) {
        return "ALTER ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"
                        .formatted(Identifier.quoted(name))
                + " CONNECTION LIMIT " + AGENT_CONNECTIONS;
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

    /** Grants inside the database; runs there. */
    static String grants(String database, String owner) {
        return GRANTS.replace("{database}", Identifier.quoted(database))
                .replace("{owner}", Identifier.quoted(owner))
                .replace("{reader}", READER)
                .replace("{writer}", WRITER);
    }

    private static final String GRANTS = """
            REVOKE ALL ON DATABASE {database} FROM PUBLIC;
            GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {owner};
            GRANT CONNECT ON DATABASE {database} TO {reader}, {writer};
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            GRANT USAGE, CREATE ON SCHEMA public TO {owner}, {writer};

            DO $do$ DECLARE name text; BEGIN
              FOR name IN SELECT quote_ident(nspname) FROM pg_namespace
                          WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
                EXECUTE format('GRANT USAGE ON SCHEMA %s TO {reader}, {writer}', name);
                EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %s TO {reader}', name);
                EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO {writer}', name);
                EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %s TO {writer}', name);
              END LOOP;
            END $do$;

            ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres GRANT USAGE ON SCHEMAS TO {reader}, {writer};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres GRANT SELECT ON TABLES TO {reader};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres
              GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {writer};
            ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres GRANT USAGE, SELECT ON SEQUENCES TO {writer};

            -- Only the first database's owner is a member of the writer: what the writer makes elsewhere is given so.
            ALTER DEFAULT PRIVILEGES FOR ROLE {writer} GRANT ALL ON TABLES TO {owner};
            ALTER DEFAULT PRIVILEGES FOR ROLE {writer} GRANT ALL ON SEQUENCES TO {owner};

            -- Who cannot write functions cannot catch a cancellation, nor plant what others call by an unqualified name.
            DO $do$ DECLARE name text; BEGIN
              FOR name IN SELECT quote_ident(lanname) FROM pg_language WHERE lanpltrusted LOOP
                EXECUTE format('REVOKE USAGE ON LANGUAGE %s FROM PUBLIC', name);
                EXECUTE format('GRANT USAGE ON LANGUAGE %s TO {owner}', name);
              END LOOP;
            END $do$;

            -- These write, reach other sessions, or last longer than the statement, even where it is READ ONLY.
            DO $do$ DECLARE signature text; BEGIN
              FOR signature IN
                SELECT p.oid::regprocedure::text FROM pg_proc p
                WHERE p.pronamespace = 'pg_catalog'::regnamespace
                  AND (p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_truncate',
                                     'lo_truncate64', 'lo_unlink', 'lowrite', 'pg_logical_emit_message',
                                     'pg_terminate_backend', 'pg_cancel_backend', 'pg_export_snapshot',
                                     'pg_notify')
                       OR p.proname LIKE 'pg\\_advisory%' OR p.proname LIKE 'pg\\_try\\_advisory%') LOOP
                EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', signature);
                EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO {owner}', signature);
              END LOOP;
            END $do$;

            -- These reach the network as the server, past everything that keeps an agent where it is.
            DO $do$ DECLARE signature text; BEGIN
              FOR signature IN
                SELECT d.objid::regprocedure::text
                FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
                WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
                  AND e.extname IN ('dblink', 'http', 'pg_net') LOOP
                EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', signature);
                EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO {owner}', signature);
              END LOOP;
            END $do$
            """;
}
