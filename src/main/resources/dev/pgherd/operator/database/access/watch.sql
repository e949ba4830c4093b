CREATE EVENT TRIGGER pgherd_access ON ddl_command_end
  WHEN TAG IN ('ALTER AGGREGATE', 'ALTER EXTENSION', 'ALTER FOREIGN TABLE', 'ALTER FUNCTION', 'ALTER MATERIALIZED VIEW',
               'ALTER PROCEDURE', 'ALTER ROUTINE', 'ALTER SCHEMA', 'ALTER SEQUENCE', 'ALTER TABLE', 'ALTER VIEW',
               'CREATE AGGREGATE', 'CREATE EXTENSION', 'CREATE FOREIGN TABLE', 'CREATE FUNCTION', 'CREATE LANGUAGE',
               'CREATE MATERIALIZED VIEW', 'CREATE PROCEDURE', 'CREATE RULE', 'CREATE SCHEMA', 'CREATE SEQUENCE',
               'CREATE TABLE', 'CREATE TABLE AS', 'CREATE VIEW', 'GRANT', 'IMPORT FOREIGN SCHEMA', 'REVOKE', 'SELECT INTO')
  EXECUTE FUNCTION pgherd.follow();

-- A dump leaves out what belongs to an extension: only a superuser could restore this, and PgHerd makes it anew. pg_upgrade
-- does so, too, but for privileges: who is kept out of the schema needs none taken from its functions.
DO $do$ DECLARE item text; BEGIN
  FOR item IN SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'pgherd'::regnamespace LOOP
    EXECUTE format('ALTER EXTENSION plpgsql ADD FUNCTION %s', item);
  END LOOP;
  ALTER EXTENSION plpgsql ADD SCHEMA pgherd;
  ALTER EXTENSION plpgsql ADD EVENT TRIGGER pgherd_access;
END $do$
