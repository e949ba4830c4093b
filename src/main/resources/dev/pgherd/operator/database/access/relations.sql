CREATE FUNCTION pgherd.rules() RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $pgherd$ SELECT {rules} $pgherd$;

-- Every table of the users, with what is to be kept from agents: all of it, or some of its columns. What an extension or a
-- superuser made is closed: what happens in it, and what its views show, has a superuser's rights.
CREATE FUNCTION pgherd.relations()
RETURNS TABLE (rel oid, kind "char", owner oid, name text, blocked boolean, outside boolean, of_extension boolean, closed boolean,
               hidden int2[])
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
  extensions AS (
    SELECT d.objid AS rel FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'e'),
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
       o.rel IN (SELECT e.rel FROM extensions e)
         OR (a.rolsuper AND a.rolname <> {owner-name}),
       h.attributes
FROM ours o JOIN pg_roles a ON a.oid = o.owner LEFT JOIN hidden h ON h.rel = o.rel
$pgherd$;

-- Who has from the owner what a grantor gave on; nobody where the grantor's right is one to the whole table.
CREATE FUNCTION pgherd.givers(acl aclitem[], owner oid, grantor oid, privilege text) RETURNS SETOF oid
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH RECURSIVE
  given AS (SELECT x.grantee, x.grantor FROM aclexplode($1) x WHERE x.is_grantable AND x.privilege_type = $4),
  up AS (
    SELECT g.grantee, g.grantor FROM given g WHERE g.grantee = $3
    UNION
    SELECT g.grantee, g.grantor FROM up u JOIN given g ON g.grantee = u.grantor AND u.grantor <> $2)
SELECT u.grantee FROM up u WHERE u.grantor = $2
$pgherd$;

-- What differs between the privileges that there are and those that are to be; attribute 0 is the table. Where others than
-- the owner gave it on, grantor is who has it from the owner, or lent says that first the owner has to give it to them.
CREATE FUNCTION pgherd.differences()
RETURNS TABLE (surplus boolean, name text, kind "char", attribute name, grantee text, grantor text, lent boolean, privilege text)
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
      AND NOT (r.closed AND (p.privilege <> 'SELECT' OR r.kind IN ('v', 'm', 'S')))
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
SELECT DISTINCT d.surplus, r.name, r.kind, a.attname, CASE WHEN d.role = 0 THEN 'PUBLIC' ELSE d.role::regrole::text END,
       CASE WHEN d.grantor <> r.owner THEN coalesce(g.giver, d.grantor)::regrole::text END,
       d.grantor <> r.owner AND g.giver IS NULL, d.privilege
FROM different d JOIN r ON r.rel = d.rel AND r.owner <> d.role JOIN pg_class c ON c.oid = d.rel
LEFT JOIN pg_attribute a ON a.attrelid = d.rel AND a.attnum = d.attribute AND d.attribute > 0
LEFT JOIN LATERAL pgherd.givers(CASE WHEN d.attribute = 0 THEN c.relacl ELSE a.attacl END, r.owner, d.grantor, d.privilege)
  g (giver) ON d.grantor <> r.owner
$pgherd$;
