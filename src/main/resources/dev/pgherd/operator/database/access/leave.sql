DO $do$ DECLARE item text; BEGIN
  {let-go}
  DROP EVENT TRIGGER IF EXISTS pgherd_access;
  FOR item IN SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = to_regnamespace('pgherd') LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', item);
  END LOOP;
  BEGIN
    DROP SCHEMA IF EXISTS pgherd;
  EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE NOTICE 'schema pgherd holds what PgHerd did not make';
  END;
END $do$
