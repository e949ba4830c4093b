-- This is in the middle of somebody's transaction: rather than wait for what others hold, or let them end in a deadlock, it is
-- left to the operator.
CREATE FUNCTION pgherd.attempt(command text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET lock_timeout = '300ms' SET deadlock_timeout = '1ms' AS $pgherd$
BEGIN
  EXECUTE command;
EXCEPTION WHEN OTHERS THEN
  RAISE WARNING 'PgHerd could not adapt the privileges of agents, and tries again later: %: %', left(command, 200), SQLERRM;
END $pgherd$;

-- The relations that a statement was about. Of privileges it is not told whose they are: all that this transaction has changed.
CREATE FUNCTION pgherd.about() RETURNS oid[] LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH done AS MATERIALIZED (SELECT * FROM pg_event_trigger_ddl_commands())
SELECT coalesce(array_agg(DISTINCT c.oid), '{}')
FROM (
  SELECT d.objid FROM done d WHERE d.classid = 'pg_class'::regclass
  UNION ALL
  SELECT w.ev_class FROM done d JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND w.oid = d.objid
  UNION ALL
  SELECT s.oid FROM done d JOIN pg_class s ON d.classid = 'pg_namespace'::regclass AND s.relnamespace = d.objid
  UNION ALL
  SELECT m.objid FROM done d JOIN pg_depend m ON d.classid = 'pg_extension'::regclass AND m.classid = 'pg_class'::regclass
    AND m.refclassid = 'pg_extension'::regclass AND m.refobjid = d.objid
  UNION ALL
  SELECT x.oid FROM pg_class x
  WHERE EXISTS (SELECT FROM done d WHERE d.object_type IN ('TABLE', 'SEQUENCE'))
    AND age(x.xmin) <= age(pg_current_xact_id()::xid)
  UNION ALL
  SELECT x.attrelid FROM pg_attribute x
  WHERE EXISTS (SELECT FROM done d WHERE d.object_type = 'TABLE')
    AND x.attacl IS NOT NULL AND age(x.xmin) <= age(pg_current_xact_id()::xid)) touched (rel)
JOIN pg_class c ON c.oid = touched.rel JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
$pgherd$;

-- What an agent makes under a name that is kept from agents, others would take for the real thing and fill.
CREATE FUNCTION pgherd.refuse_planting(given oid[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $pgherd$
DECLARE planted text; BEGIN
  SELECT n.nspname || '.' || c.relname INTO planted
  FROM unnest(given) g (rel) JOIN pg_class c ON c.oid = g.rel JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relowner = '{writer-name}'::regrole AND n.nspname || '.' || c.relname = ANY ({tables}) LIMIT 1;
  IF planted IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
      MESSAGE = format('agents may not make %s: spec.agentAccess.blocked keeps that name from them; take another one', planted);
  END IF;
END $pgherd$;

-- Owners are changed for so many tables: each holds locks until the end of the transaction.
CREATE FUNCTION pgherd.adapt(given oid[], kinds text[]) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $pgherd$
DECLARE item record; BEGIN
  PERFORM pgherd.attempt(command) FROM pgherd.marks(given) command;
  PERFORM pgherd.attempt(command) FROM (SELECT * FROM pgherd.owning(given) LIMIT 50) o (command);
  IF kinds && '{schema, extension}' THEN
    PERFORM pgherd.attempt(command) FROM pgherd.schemas() command;
  END IF;
  IF kinds && '{language, extension}' THEN
    PERFORM pgherd.attempt(command) FROM pgherd.languages() command;
  END IF;
  IF kinds && '{function, procedure, routine, aggregate, schema, extension}' THEN
    PERFORM pgherd.attempt(command) FROM pgherd.functions() command;
  END IF;
  FOR item IN SELECT p.command, p.told FROM pgherd.privileges(given) p WHERE p.surplus LOOP
    IF item.told LIKE 'PUBLIC %' THEN
      RAISE WARNING 'PgHerd takes this back: %', item.told;
    END IF;
    PERFORM pgherd.attempt(item.command);
  END LOOP;
  PERFORM pgherd.attempt(p.command) FROM pgherd.privileges(given) p WHERE NOT p.surplus;
END $pgherd$;

-- With the replica role no event trigger fires, so that what is done here does not call it again. Whatever goes wrong, a table
-- without grants is closed, and the operator looks again: nobody's migration is to fail because of it, or of the time it takes.
CREATE OR REPLACE FUNCTION pgherd.follow() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET session_replication_role = replica AS $pgherd$
DECLARE kinds text[]; given oid[]; BEGIN
  SELECT array_agg(DISTINCT lower(object_type)) INTO kinds FROM pg_event_trigger_ddl_commands()
  WHERE schema_name IS DISTINCT FROM 'pg_temp';
  IF kinds IS NULL THEN
    RETURN;
  END IF;
  IF session_user = '{writer-name}' THEN
    PERFORM pgherd.refuse_planting(pgherd.about());
  END IF;
  BEGIN
    given := pgherd.about();
    PERFORM pgherd.adapt(given, kinds);
  EXCEPTION WHEN OTHERS OR query_canceled THEN
    RAISE WARNING 'PgHerd could not adapt the privileges of agents, and tries again later: %', SQLERRM;
  END;
END $pgherd$
