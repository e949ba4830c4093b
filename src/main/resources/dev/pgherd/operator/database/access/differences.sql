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
CREATE FUNCTION pgherd.differences(given oid[])
RETURNS TABLE (surplus boolean, name text, kind "char", attribute name, grantee text, grantor text, lent boolean, privilege text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $pgherd$
WITH
  r AS MATERIALIZED (SELECT * FROM pgherd.relations($1)),
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
$pgherd$
