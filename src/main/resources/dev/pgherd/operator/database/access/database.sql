REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {owner};
GRANT CONNECT ON DATABASE {database} TO {reader}, {writer};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {owner};

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
      AND (p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_truncate', 'lo_truncate64',
                         'lo_unlink', 'lowrite', 'pg_logical_emit_message', 'pg_terminate_backend',
                         'pg_cancel_backend', 'pg_export_snapshot', 'pg_notify')
           OR p.proname LIKE 'pg\_advisory%' OR p.proname LIKE 'pg\_try\_advisory%') LOOP
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
