SELECT 'CREATE ROLE pgherd_blocked NOLOGIN' WHERE to_regrole('pgherd_blocked') IS NULL
UNION ALL
SELECT format(command, {database-name}, {owner-name}) FROM (VALUES
  ('REVOKE ALL ON DATABASE %1$I FROM PUBLIC'),
  ('GRANT CONNECT, TEMPORARY ON DATABASE %1$I TO %2$I'),
  ('GRANT CONNECT ON DATABASE %1$I TO {reader}, {writer}'),
  ('REVOKE CREATE ON SCHEMA public FROM PUBLIC'),
  ('GRANT USAGE, CREATE ON SCHEMA public TO %2$I'),
  -- Only the first database's owner is a member of the writer: what the writer makes elsewhere is given so.
  ('ALTER DEFAULT PRIVILEGES FOR ROLE {writer} GRANT ALL ON TABLES TO %2$I'),
  ('ALTER DEFAULT PRIVILEGES FOR ROLE {writer} GRANT ALL ON SEQUENCES TO %2$I'),
  -- By default agents would see a superuser's views, too, and whoever is no superuser could not restore a dump.
  ('ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE USAGE ON SCHEMAS FROM {reader}, {writer}'),
  ('ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE ALL ON TABLES FROM {reader}, {writer}'),
  ('ALTER DEFAULT PRIVILEGES FOR ROLE postgres REVOKE ALL ON SEQUENCES FROM {writer}')) always (command)
WHERE command NOT LIKE '%SCHEMA public%' OR to_regnamespace('public') IS NOT NULL
UNION ALL
SELECT format('GRANT %1$s TO %2$I; REVOKE %1$s FROM PUBLIC', object, {owner-name})
FROM (
  -- Who cannot write functions cannot catch a cancellation, nor plant what others call by an unqualified name.
  SELECT format('USAGE ON LANGUAGE %I', lanname) FROM pg_language WHERE lanpltrusted
  UNION ALL
  -- These write, reach other sessions, or last longer than the statement, even where it is READ ONLY.
  SELECT format('EXECUTE ON FUNCTION %s', p.oid::regprocedure) FROM pg_proc p
  WHERE p.pronamespace = 'pg_catalog'::regnamespace
    AND (p.proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_truncate', 'lo_truncate64',
                       'lo_unlink', 'lowrite', 'pg_logical_emit_message', 'pg_terminate_backend',
                       'pg_cancel_backend', 'pg_export_snapshot', 'pg_notify')
         OR p.proname LIKE 'pg\_advisory%' OR p.proname LIKE 'pg\_try\_advisory%')
  UNION ALL
  -- These reach the network as the server, past everything that keeps an agent where it is.
  SELECT format('EXECUTE ON ROUTINE %s', d.objid::regprocedure)
  FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
  WHERE d.classid = 'pg_proc'::regclass AND d.deptype = 'e' AND e.extname IN ('dblink', 'http', 'pg_net')) kept (object)
