DO $do$ DECLARE item text; BEGIN
  DROP EVENT TRIGGER IF EXISTS pgherd_access;
  DROP SCHEMA pgherd;
EXCEPTION WHEN dependent_objects_still_exist THEN
  RAISE NOTICE 'schema pgherd holds what PgHerd did not make';
END $do$
