-- What it says of these follows from the given ones. Few are expected: plans for many would read whole catalogs for one table.
CREATE FUNCTION pgherd.following(given oid[]) RETURNS SETOF oid ROWS 20
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH RECURSIVE said (rel) AS (
  SELECT unnest($1)
  UNION
  SELECT other.rel FROM said s CROSS JOIN LATERAL (
    SELECT i.inhrelid AS rel FROM pg_inherits i WHERE i.inhparent = s.rel
    UNION ALL
    SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = s.rel
    UNION ALL
    SELECT w.ev_class FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid
    WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.rel
    UNION ALL
    SELECT d.objid FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      AND d.refclassid = 'pg_class'::regclass AND d.refobjid = s.rel) other)
SELECT s.rel FROM said s
$pgherd$;

-- The given ones and all that has to be known of others to judge them.
CREATE FUNCTION pgherd.needed(given oid[]) RETURNS SETOF oid ROWS 20
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH RECURSIVE known (rel) AS (
  SELECT unnest($1)
  UNION
  SELECT other.rel FROM known k CROSS JOIN LATERAL (
    SELECT i.inhrelid AS rel FROM pg_inherits i WHERE i.inhparent = k.rel
    UNION ALL
    SELECT i.inhparent FROM pg_inherits i WHERE i.inhrelid = k.rel
    UNION ALL
    SELECT d.refobjid FROM pg_rewrite w JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
    WHERE w.ev_class = k.rel AND d.refclassid = 'pg_class'::regclass
    UNION ALL
    SELECT d.refobjid FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = k.rel AND d.deptype IN ('a', 'i')
      AND d.refclassid = 'pg_class'::regclass) other)
SELECT k.rel FROM known k
$pgherd$;

-- The given tables and all that shows them, with what is to be kept from agents: all of it, or some of its columns. What an
-- extension or a superuser made is closed: what happens in it, and what its views show, has a superuser's rights.
CREATE FUNCTION pgherd.relations(given oid[])
RETURNS TABLE (rel oid, kind "char", owner oid, name text, blocked boolean, outside boolean, of_extension boolean, closed boolean,
               hidden int2[]) ROWS 20
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH RECURSIVE
  said (rel) AS MATERIALIZED (SELECT * FROM pgherd.following($1)),
  known (rel) AS MATERIALIZED (SELECT * FROM pgherd.needed(ARRAY(SELECT s.rel FROM said s))),
  ours AS (
    SELECT c.oid AS rel, c.relkind AS kind, c.relowner AS owner, c.relacl AS acl, n.nspname AS schema,
           format('%I.%I', n.nspname, c.relname) AS name, {closed} AS closed,
           EXISTS (SELECT FROM pg_options_to_table(c.reloptions) o
                   WHERE CASE WHEN o.option_name = 'security_invoker' THEN o.option_value::boolean ELSE false END) AS invoker
    FROM known k JOIN pg_class c ON c.oid = k.rel
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_roles a ON a.oid = c.relowner
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
    SELECT a.attrelid AS rel, a.attname AS name FROM ours o JOIN pg_attribute a ON a.attrelid = o.rel
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
  extensions AS (
    SELECT d.objid AS rel FROM ours o JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = o.rel AND d.deptype = 'e'),
  outside AS (
    SELECT o.rel FROM ours o
    WHERE cardinality({schemas}) > 0 AND NOT o.schema = ANY ({schemas})),
  showing AS (
    SELECT u.rel FROM uses u LEFT JOIN hidden h ON h.rel = u.used
    WHERE u.used IN (SELECT t.rel FROM tables t) OR u.attribute = ANY (h.attributes)
       OR (u.whole AND h.attributes IS NOT NULL)
       OR (u.used IN (SELECT x.rel FROM outside x) AND u.used NOT IN (SELECT e.rel FROM extensions e))
    UNION
    SELECT u.rel FROM uses u JOIN showing s ON s.rel = u.used)
SELECT o.rel, o.kind, o.owner, o.name,
       o.rel IN (SELECT t.rel FROM tables t)
         OR (o.rel IN (SELECT s.rel FROM showing s) AND NOT o.invoker)
         OR (o.kind = 'S' AND EXISTS (SELECT FROM pg_depend d
               WHERE d.classid = 'pg_class'::regclass AND d.objid = o.rel AND d.deptype IN ('a', 'i')
                 AND d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT t.rel FROM tables t))),
       o.rel IN (SELECT x.rel FROM outside x),
       o.rel IN (SELECT e.rel FROM extensions e),
       o.closed,
       h.attributes
FROM ours o LEFT JOIN hidden h ON h.rel = o.rel
WHERE o.rel IN (SELECT s.rel FROM said s)
$pgherd$;

CREATE FUNCTION pgherd.everything() RETURNS oid[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT coalesce(array_agg(c.oid), '{}') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
$pgherd$
