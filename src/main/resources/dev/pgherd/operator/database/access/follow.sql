-- One thing that cannot be treated, because somebody changes it all the time, does not keep the rest open.
CREATE FUNCTION pgherd.attempt(command text) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $pgherd$
BEGIN
  EXECUTE command;
EXCEPTION WHEN OTHERS THEN
  RAISE WARNING USING ERRCODE = 'PH001', MESSAGE = format('%s: %s', left(command, 200), SQLERRM);
END $pgherd$;

CREATE FUNCTION pgherd.mark() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $pgherd$
DECLARE item record; BEGIN
  FOR item IN
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname || '.' || c.relname = ANY ({tables}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 'pgherd_blocked'::regrole) LOOP
    PERFORM pgherd.attempt(format('GRANT TRIGGER ON TABLE %s TO pgherd_blocked', item.name));
  END LOOP;
  FOR item IN
    SELECT format('%I.%I', n.nspname, c.relname) AS name, a.attname
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
      AND ('*.' || a.attname = ANY ({columns}) OR c.relname || '.' || a.attname = ANY ({columns})
           OR n.nspname || '.' || c.relname || '.' || a.attname = ANY ({columns}))
      AND NOT EXISTS (SELECT FROM aclexplode(a.attacl) x WHERE x.grantee = 'pgherd_blocked'::regrole) LOOP
    PERFORM pgherd.attempt(format('GRANT REFERENCES (%I) ON TABLE %s TO pgherd_blocked', item.attname, item.name));
  END LOOP;
END $pgherd$;

-- A function that runs with its owner's rights shows what that owner sees, as a trigger too: whoever makes one calls it. An
-- aggregate calls its functions with its own owner's rights.
CREATE FUNCTION pgherd.keep_functions() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $pgherd$
DECLARE item record; giver text; BEGIN
  FOR item IN
    WITH RECURSIVE kept AS (
      SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname || '.' || p.proname = ANY ({functions})
         OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 'pgherd_blocked'::regrole)
         OR (p.prosecdef AND p.prorettype <> 'event_trigger'::regtype
             AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                                                       AND d.deptype = 'e'))
      UNION
      SELECT a.aggfnoid FROM kept k JOIN pg_aggregate a
        ON k.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn,
                     a.aggminvtransfn, a.aggmfinalfn))
    SELECT p.oid::regprocedure::text AS name,
           coalesce(bool_or(a.grantee = 0), false) AS public,
           coalesce(bool_or(a.grantee IN ('{reader-name}'::regrole, '{writer-name}'::regrole)), false) AS granted,
           array_agg(DISTINCT g.giver::regrole::text) FILTER (WHERE g.giver IS NOT NULL) AS givers
    FROM kept k JOIN pg_proc p ON p.oid = k.oid
    LEFT JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      ON a.grantee IN (0, '{reader-name}'::regrole, '{writer-name}'::regrole)
    LEFT JOIN LATERAL pgherd.givers(p.proacl, p.proowner, a.grantor, 'EXECUTE') g (giver) ON a.grantor <> p.proowner
    GROUP BY p.oid LOOP
    IF item.public THEN
      PERFORM pgherd.attempt(format('GRANT EXECUTE ON ROUTINE %s TO pgherd_blocked, %I', item.name, {owner-name}));
      PERFORM pgherd.attempt(format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC CASCADE', item.name));
    END IF;
    IF item.granted THEN
      PERFORM pgherd.attempt(format('REVOKE EXECUTE ON ROUTINE %s FROM {reader}, {writer} CASCADE', item.name));
    END IF;
    FOREACH giver IN ARRAY coalesce(item.givers, '{}') LOOP
      PERFORM pgherd.attempt(format('REVOKE GRANT OPTION FOR EXECUTE ON ROUTINE %s FROM %s CASCADE', item.name, giver));
    END LOOP;
  END LOOP;
END $pgherd$;

CREATE FUNCTION pgherd.keep_schemas() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $pgherd$
DECLARE item record; BEGIN
  FOR item IN
    WITH
      ours AS (SELECT n.oid, n.nspname, n.nspacl FROM pg_namespace n
               WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')),
      wanted AS (
        SELECT o.nspname, role, privilege
        FROM ours o, (VALUES ('{reader-name}', 'USAGE'), ('{writer-name}', 'USAGE'), ('{writer-name}', 'CREATE')) p (role, privilege)
        WHERE (cardinality({schemas}) = 0 OR o.nspname = ANY ({schemas}))
          AND (privilege = 'USAGE' OR ({definitions} AND (cardinality({schemas}) > 0 OR o.nspname = 'public')))),
      present AS (
        SELECT o.nspname, CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END AS role,
               a.privilege_type AS privilege
        FROM ours o, aclexplode(o.nspacl) a
        WHERE a.grantee IN ('{reader-name}'::regrole, '{writer-name}'::regrole)
           OR (a.grantee = 0 AND a.privilege_type = 'CREATE'))
    SELECT 'REVOKE %s ON SCHEMA %I FROM %s CASCADE' AS command, * FROM (TABLE present EXCEPT TABLE wanted) surplus
    UNION ALL
    SELECT 'GRANT %s ON SCHEMA %I TO %s', * FROM (TABLE wanted EXCEPT TABLE present) missing LOOP
    PERFORM pgherd.attempt(format(item.command, item.privilege, item.nspname, item.role));
  END LOOP;
END $pgherd$;

-- What agents made and are not to have any more: whoever owns a table reads it, whatever is granted.
CREATE FUNCTION pgherd.owning() RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT format('ALTER TABLE %s OWNER TO %I', r.name, {owner-name}) FROM pgherd.relations() r
WHERE r.owner = '{writer-name}'::regrole AND r.kind IN ('r', 'p', 'm', 'f')
  AND (r.blocked OR r.outside OR r.hidden IS NOT NULL)
ORDER BY random()
$pgherd$;

-- With the replica role no event trigger fires, so that what is done here does not call it again. Owners are changed for so
-- many tables: each holds locks until the end of the transaction, and the rest is not to fail for want of them.
CREATE FUNCTION pgherd.apply(owners int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET session_replication_role = replica AS $pgherd$
DECLARE
  item record;
  command text;
BEGIN
  PERFORM pgherd.mark();
  IF owners > 0 THEN
    FOR command IN SELECT * FROM pgherd.owning() LIMIT owners LOOP
      PERFORM pgherd.attempt(command);
    END LOOP;
  END IF;
  PERFORM pgherd.keep_schemas();
  PERFORM pgherd.keep_functions();
  FOR item IN
    SELECT d.name, CASE d.kind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS what, d.grantee, d.grantor, d.lent,
           string_agg(d.privilege || coalesce(' (' || quote_ident(d.attribute) || ')', ''), ', ') AS privileges
    FROM pgherd.differences() d WHERE d.surplus GROUP BY d.name, d.kind, d.grantee, d.grantor, d.lent LOOP
    IF item.grantee = 'PUBLIC' THEN
      RAISE WARNING 'PgHerd takes % on % from PUBLIC: spec.agentAccess keeps it from agents', item.privileges, item.name;
    END IF;
    IF item.grantor IS NULL THEN
      PERFORM pgherd.attempt(format('REVOKE %s ON %s %s FROM %s CASCADE', item.privileges, item.what, item.name, item.grantee));
    ELSIF item.lent THEN
      PERFORM pgherd.attempt(format('GRANT %1$s ON %2$s %3$s TO %4$s WITH GRANT OPTION; REVOKE %1$s ON %2$s %3$s FROM %4$s CASCADE',
                                    item.privileges, item.what, item.name, item.grantor));
    ELSE
      PERFORM pgherd.attempt(format('REVOKE GRANT OPTION FOR %s ON %s %s FROM %s CASCADE',
                                    item.privileges, item.what, item.name, item.grantor));
    END IF;
  END LOOP;
  FOR item IN
    SELECT d.surplus, d.name, CASE d.kind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS what, d.grantee,
           string_agg(d.privilege || coalesce(' (' || quote_ident(d.attribute) || ')', ''), ', ') AS privileges
    FROM pgherd.differences() d GROUP BY d.surplus, d.name, d.kind, d.grantee LOOP
    IF item.surplus THEN
      RAISE WARNING USING ERRCODE = 'PH001',
        MESSAGE = format('%s still has %s on %s, which spec.agentAccess keeps from agents', item.grantee, item.privileges, item.name);
    ELSE
      PERFORM pgherd.attempt(format('GRANT %s ON %s %s TO %s', item.privileges, item.what, item.name, item.grantee));
    END IF;
  END LOOP;
END $pgherd$;

CREATE FUNCTION pgherd.follow() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $pgherd$
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE schema_name IS DISTINCT FROM 'pg_temp') THEN
    PERFORM pgherd.apply(50);
  END IF;
EXCEPTION WHEN OTHERS THEN
  -- A table without grants is closed; the operator looks again. Nobody's migration is to fail because of it.
  RAISE WARNING 'PgHerd could not adapt the privileges of agents, and tries again later: %', SQLERRM;
END $pgherd$;

REVOKE ALL ON ALL ROUTINES IN SCHEMA pgherd FROM PUBLIC;
SELECT pgherd.apply(0)
