CREATE FUNCTION pgherd.rules() RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $pgherd$ SELECT {rules} $pgherd$;

-- Every table of the users, with what is to be kept from agents: all of it, or some of its columns.
CREATE FUNCTION pgherd.relations()
RETURNS TABLE (rel oid, kind "char", owner oid, name text, blocked boolean, outside boolean, of_extension boolean, hidden int2[])
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH RECURSIVE
  ours AS (
    SELECT c.oid AS rel, c.relkind AS kind, c.relowner AS owner, c.relacl AS acl, n.nspname AS schema,
           format('%I.%I', n.nspname, c.relname) AS name,
           EXISTS (SELECT FROM pg_options_to_table(c.reloptions) o
                   WHERE CASE WHEN o.option_name = 'security_invoker' THEN o.option_value::boolean ELSE false END) AS invoker
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')),
  -- Partitions and children hold a table's rows, and those above them show theirs.
  down AS (
    SELECT o.rel FROM ours o
    WHERE EXISTS (SELECT FROM aclexplode(o.acl) a WHERE a.grantee = 'pgherd_blocked'::regrole)
    UNION
    SELECT i.inhrelid FROM down d JOIN pg_inherits i ON i.inhparent = d.rel),
  tables AS (
    SELECT d.rel FROM down d
    UNION
    SELECT i.inhparent FROM tables t JOIN pg_inherits i ON i.inhrelid = t.rel),
  columns AS (
    SELECT a.attrelid AS rel, a.attname AS name FROM pg_attribute a
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
      AND EXISTS (SELECT FROM aclexplode(a.attacl) x WHERE x.grantee = 'pgherd_blocked'::regrole)
    UNION
    SELECT other.rel, other.name FROM columns c CROSS JOIN LATERAL (
      SELECT i.inhrelid AS rel, c.name FROM pg_inherits i WHERE i.inhparent = c.rel
      UNION ALL
      SELECT i.inhparent, c.name FROM pg_inherits i WHERE i.inhrelid = c.rel
      UNION ALL
      SELECT g.attrelid, g.attname
      FROM pg_attribute b
      JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = b.attrelid AND d.refobjsubid = b.attnum
      JOIN pg_attrdef f ON f.adrelid = b.attrelid
        AND (d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid
             OR d.classid = 'pg_class'::regclass AND d.objid = f.adrelid AND d.objsubid = f.adnum)
      JOIN pg_attribute g ON g.attrelid = f.adrelid AND g.attnum = f.adnum AND g.attgenerated <> ''
      WHERE b.attrelid = c.rel AND b.attname = c.name) other),
  hidden AS (
    SELECT a.attrelid AS rel, array_agg(a.attnum) AS attributes
    FROM columns c JOIN pg_attribute a ON a.attrelid = c.rel AND a.attname = c.name AND a.attnum > 0
    GROUP BY a.attrelid),
  -- A row as a whole is no column in pg_depend; the stored tree of the rule shows it as attribute 0.
  uses AS (
    SELECT DISTINCT w.ev_class AS rel, d.refobjid AS used, d.refobjsubid AS attribute,
           strpos(w.ev_action::text, ':varattno 0 ') > 0 AS whole
    FROM pg_rewrite w JOIN ours o ON o.rel = w.ev_class
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> w.ev_class),
  showing AS (
    SELECT u.rel FROM uses u LEFT JOIN hidden h ON h.rel = u.used
    WHERE u.used IN (SELECT t.rel FROM tables t) OR u.attribute = ANY (h.attributes)
       OR (u.whole AND h.attributes IS NOT NULL)
    UNION
    SELECT u.rel FROM uses u JOIN showing s ON s.rel = u.used)
SELECT o.rel, o.kind, o.owner, o.name,
       o.rel IN (SELECT t.rel FROM tables t)
         OR (o.rel IN (SELECT s.rel FROM showing s) AND NOT o.invoker)
         OR (o.kind = 'S' AND EXISTS (SELECT FROM pg_depend d
               WHERE d.classid = 'pg_class'::regclass AND d.objid = o.rel AND d.deptype IN ('a', 'i')
                 AND d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT t.rel FROM tables t))),
       cardinality({schemas}) > 0 AND NOT o.schema = ANY ({schemas}),
       EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = o.rel AND d.deptype = 'e'),
       h.attributes
FROM ours o LEFT JOIN hidden h ON h.rel = o.rel
$pgherd$;

-- What differs between the privileges that there are and those that are to be; attribute 0 is the table.
CREATE FUNCTION pgherd.differences()
RETURNS TABLE (surplus boolean, name text, kind "char", attribute name, grantee text, grantor text, privilege text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH
  r AS MATERIALIZED (SELECT * FROM pgherd.relations()),
  allowed (role, privilege, sequence, columnar) AS (VALUES
    ('{reader-name}'::regrole::oid, 'SELECT', false, true),
    ('{writer-name}'::regrole, 'SELECT', false, true),
    ('{writer-name}'::regrole, 'INSERT', false, true),
    ('{writer-name}'::regrole, 'UPDATE', false, true),
    ('{writer-name}'::regrole, 'DELETE', false, false),
    ('{writer-name}'::regrole, 'USAGE', true, false),
    ('{writer-name}'::regrole, 'SELECT', true, false)),
  wanted AS (
    SELECT r.rel, coalesce(a.attnum, 0::int2) AS attribute, p.role, p.privilege
    FROM r JOIN allowed p ON p.sequence = (r.kind = 'S')
    LEFT JOIN pg_attribute a ON r.hidden IS NOT NULL AND p.columnar AND a.attrelid = r.rel AND a.attnum > 0
      AND NOT a.attisdropped AND NOT a.attnum = ANY (r.hidden)
    WHERE NOT r.blocked AND NOT r.outside AND r.owner <> p.role
      AND (a.attnum IS NOT NULL OR r.hidden IS NULL OR NOT p.columnar)),
  present AS (
    SELECT r.rel, 0::int2 AS attribute, x.grantee AS role, x.privilege_type AS privilege, x.grantor
    FROM r JOIN pg_class c ON c.oid = r.rel, aclexplode(c.relacl) x
    WHERE x.grantee IN ('{reader-name}'::regrole, '{writer-name}'::regrole)
       OR (x.grantee = 0 AND (r.blocked OR (r.outside AND NOT r.of_extension)
                              OR (r.hidden IS NOT NULL AND x.privilege_type IN ('SELECT', 'INSERT', 'UPDATE'))))
    UNION ALL
    SELECT r.rel, a.attnum, x.grantee, x.privilege_type, x.grantor
    FROM r JOIN pg_attribute a ON a.attrelid = r.rel AND a.attacl IS NOT NULL AND NOT a.attisdropped,
         aclexplode(a.attacl) x
    WHERE x.grantee IN ('{reader-name}'::regrole, '{writer-name}'::regrole)
       OR (x.grantee = 0 AND (r.blocked OR (r.outside AND NOT r.of_extension) OR a.attnum = ANY (r.hidden)))),
  different AS (
    SELECT true AS surplus, p.rel, p.attribute, p.role, p.grantor, p.privilege FROM present p
    WHERE NOT EXISTS (SELECT FROM wanted w WHERE (w.rel, w.attribute, w.role, w.privilege)
                                               = (p.rel, p.attribute, p.role, p.privilege))
    UNION ALL
    SELECT false, w.rel, w.attribute, w.role, NULL::oid, w.privilege FROM wanted w
    WHERE NOT EXISTS (SELECT FROM present p WHERE (w.rel, w.attribute, w.role, w.privilege)
                                                = (p.rel, p.attribute, p.role, p.privilege)))
SELECT d.surplus, r.name, r.kind, a.attname, CASE WHEN d.role = 0 THEN 'PUBLIC' ELSE d.role::regrole::text END,
       CASE WHEN d.grantor <> r.owner THEN d.grantor::regrole::text END, d.privilege
FROM different d JOIN r ON r.rel = d.rel AND r.owner <> d.role
LEFT JOIN pg_attribute a ON a.attrelid = d.rel AND a.attnum = d.attribute AND d.attribute > 0
$pgherd$;

CREATE FUNCTION pgherd.mark() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $pgherd$
DECLARE item record; BEGIN
  FOR item IN
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname || '.' || c.relname = ANY ({tables}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 'pgherd_blocked'::regrole) LOOP
    EXECUTE format('GRANT TRIGGER ON TABLE %s TO pgherd_blocked', item.name);
  END LOOP;
  FOR item IN
    SELECT format('%I.%I', n.nspname, c.relname) AS name, a.attname
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
      AND ('*.' || a.attname = ANY ({columns}) OR c.relname || '.' || a.attname = ANY ({columns})
           OR n.nspname || '.' || c.relname || '.' || a.attname = ANY ({columns}))
      AND NOT EXISTS (SELECT FROM aclexplode(a.attacl) x WHERE x.grantee = 'pgherd_blocked'::regrole) LOOP
    EXECUTE format('GRANT REFERENCES (%I) ON TABLE %s TO pgherd_blocked', item.attname, item.name);
  END LOOP;
END $pgherd$;

-- A function that runs with its owner's rights shows what that owner sees.
CREATE FUNCTION pgherd.keep_functions() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $pgherd$
DECLARE item record; BEGIN
  FOR item IN
    SELECT p.oid::regprocedure::text AS name,
           EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0) AS public,
           EXISTS (SELECT FROM aclexplode(p.proacl) a
                   WHERE a.grantee IN ('{reader-name}'::regrole, '{writer-name}'::regrole)) AS granted
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname || '.' || p.proname = ANY ({functions})
       OR EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 'pgherd_blocked'::regrole)
       OR (p.prosecdef AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
           AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                                                     AND d.deptype = 'e')) LOOP
    IF item.public THEN
      EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO pgherd_blocked, %I', item.name, {owner-name});
      EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC CASCADE', item.name);
    END IF;
    IF item.granted THEN
      EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM {reader}, {writer} CASCADE', item.name);
    END IF;
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
    EXECUTE format(item.command, item.privilege, item.nspname, item.role);
  END LOOP;
END $pgherd$;

-- With the replica role no event trigger fires, so that what is done here does not call it again.
CREATE FUNCTION pgherd.apply() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET session_replication_role = replica AS $pgherd$
DECLARE item record; BEGIN
  PERFORM pgherd.mark();
  -- Whoever owns a table reads it, whatever is granted: what agents made is the owner's once it is kept from them.
  FOR item IN SELECT r.name FROM pgherd.relations() r
              WHERE r.owner = '{writer-name}'::regrole AND r.kind IN ('r', 'p', 'm', 'f')
                AND (r.blocked OR r.outside OR r.hidden IS NOT NULL) LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO %I', item.name, {owner-name});
  END LOOP;
  PERFORM pgherd.keep_schemas();
  PERFORM pgherd.keep_functions();
  FOR item IN
    SELECT d.name, CASE d.kind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS what, d.grantee, d.grantor,
           string_agg(d.privilege || coalesce(' (' || quote_ident(d.attribute) || ')', ''), ', ') AS privileges
    FROM pgherd.differences() d WHERE d.surplus GROUP BY d.name, d.kind, d.grantee, d.grantor LOOP
    IF item.grantee = 'PUBLIC' THEN
      RAISE WARNING 'PgHerd takes % on % from PUBLIC: spec.agentAccess keeps it from agents', item.privileges, item.name;
    END IF;
    IF item.grantor IS NULL THEN
      EXECUTE format('REVOKE %s ON %s %s FROM %s CASCADE', item.privileges, item.what, item.name, item.grantee);
    ELSE
      EXECUTE format('REVOKE GRANT OPTION FOR %s ON %s %s FROM %s CASCADE',
                     item.privileges, item.what, item.name, item.grantor);
    END IF;
  END LOOP;
  FOR item IN
    SELECT d.name, CASE d.kind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS what, d.grantee,
           string_agg(d.privilege || coalesce(' (' || quote_ident(d.attribute) || ')', ''), ', ') AS privileges
    FROM pgherd.differences() d WHERE NOT d.surplus GROUP BY d.name, d.kind, d.grantee LOOP
    EXECUTE format('GRANT %s ON %s %s TO %s', item.privileges, item.what, item.name, item.grantee);
  END LOOP;
END $pgherd$;

CREATE FUNCTION pgherd.follow() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $pgherd$
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE schema_name IS DISTINCT FROM 'pg_temp') THEN
    PERFORM pgherd.apply();
  END IF;
EXCEPTION WHEN OTHERS THEN
  -- A table without grants is closed; the operator looks again. Nobody's migration is to fail because of it.
  RAISE WARNING 'PgHerd could not adapt the privileges of agents, and tries again later: %', SQLERRM;
END $pgherd$;

REVOKE ALL ON ALL ROUTINES IN SCHEMA pgherd FROM PUBLIC;
SELECT pgherd.apply()
