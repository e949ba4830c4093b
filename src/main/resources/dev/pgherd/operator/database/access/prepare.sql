-- A place that nobody but us gets into, also where somebody else has made it before. What has the trigger call it stays the
-- same function: a session that is about to call it finds it.
DO $do$ DECLARE item text; BEGIN
  IF to_regrole('pgherd_blocked') IS NULL THEN
    CREATE ROLE pgherd_blocked NOLOGIN;
  END IF;
  IF to_regnamespace('pgherd') IS NULL THEN
    CREATE SCHEMA pgherd;
  END IF;
  ALTER SCHEMA pgherd OWNER TO postgres;
  FOR item IN SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
              FROM pg_namespace n, aclexplode(n.nspacl) a
              WHERE n.nspname = 'pgherd' AND a.grantee <> n.nspowner LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA pgherd FROM %s', item);
  END LOOP;
  {let-go}
  DROP EVENT TRIGGER IF EXISTS pgherd_access;
  FOR item IN SELECT p.oid::regprocedure::text FROM pg_proc p
              WHERE p.pronamespace = 'pgherd'::regnamespace
                AND NOT (p.proowner = 'postgres'::regrole AND p.pronargs = 0 AND p.proname IN ('rules', 'follow')) LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', item);
  END LOOP;
END $do$
