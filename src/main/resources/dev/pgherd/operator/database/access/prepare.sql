-- A place that nobody but us gets into, also where somebody else has made it before.
DO $do$ DECLARE item text; BEGIN
  IF to_regrole('pgherd_blocked') IS NULL THEN
    CREATE ROLE pgherd_blocked NOLOGIN;
  END IF;
  DROP EVENT TRIGGER IF EXISTS pgherd_access;
  IF to_regnamespace('pgherd') IS NULL THEN
    CREATE SCHEMA pgherd;
  END IF;
  ALTER SCHEMA pgherd OWNER TO postgres;
  FOR item IN SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END
              FROM pg_namespace n, aclexplode(n.nspacl) a
              WHERE n.nspname = 'pgherd' AND a.grantee <> n.nspowner LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA pgherd FROM %s', item);
  END LOOP;
END $do$;

ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres REVOKE USAGE ON SCHEMAS FROM {reader}, {writer};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres REVOKE ALL ON TABLES FROM {reader};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, postgres REVOKE ALL ON TABLES FROM {writer};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, postgres REVOKE ALL ON SEQUENCES FROM {writer};

-- A mark is a privilege of a role that nobody can be: it stays with its object, whatever the object is called later.
-- What was taken out of the lists loses its mark; a mark that no list explains stays while there is a list.
DO $do$ DECLARE
  old text[] := '{}';
  gone text[];
  item record;
BEGIN
  IF EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = 'pgherd'::regnamespace AND p.proname = 'rules'
             AND p.pronargs = 0 AND p.proowner = 'postgres'::regrole) THEN
    EXECUTE 'SELECT pgherd.rules()' INTO old;
  END IF;
  SELECT coalesce(array_agg(rule), '{}') INTO gone FROM unnest(old) rule WHERE NOT rule = ANY ({rules});
  FOR item IN
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 'pgherd_blocked'::regrole)
      AND ('table ' || n.nspname || '.' || c.relname = ANY (gone) OR cardinality({tables}) = 0) LOOP
    EXECUTE format('REVOKE TRIGGER ON TABLE %s FROM pgherd_blocked CASCADE', item.name);
  END LOOP;
  FOR item IN
    SELECT c.oid::regclass::text AS name, quote_ident(a.attname) AS attname
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE EXISTS (SELECT FROM aclexplode(a.attacl) x WHERE x.grantee = 'pgherd_blocked'::regrole)
      AND (cardinality({columns}) = 0
           OR 'column *.' || a.attname = ANY (gone)
           OR 'column ' || c.relname || '.' || a.attname = ANY (gone)
           OR 'column ' || n.nspname || '.' || c.relname || '.' || a.attname = ANY (gone)) LOOP
    EXECUTE format('REVOKE REFERENCES (%s) ON TABLE %s FROM pgherd_blocked CASCADE', item.attname, item.name);
  END LOOP;
  FOR item IN
    SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 'pgherd_blocked'::regrole)
      AND ('function ' || n.nspname || '.' || p.proname = ANY (gone) OR NOT {restricted}
           OR EXISTS (SELECT FROM pg_aggregate a
                      JOIN pg_proc f ON f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,
                                                  a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)
                      JOIN pg_namespace m ON m.oid = f.pronamespace
                      WHERE a.aggfnoid = p.oid AND 'function ' || m.nspname || '.' || f.proname = ANY (gone))) LOOP
    EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM pgherd_blocked CASCADE', item.name);
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO PUBLIC', item.name);
  END LOOP;
  FOR item IN SELECT p.oid::regprocedure::text AS name FROM pg_proc p
              WHERE p.pronamespace = 'pgherd'::regnamespace LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', item.name);
  END LOOP;
END $do$
