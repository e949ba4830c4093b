-- Statements that make the privileges of agents what they are to be; each can fail for itself.
CREATE FUNCTION pgherd.marks(given oid[]) RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT format('GRANT TRIGGER ON TABLE %I.%I TO pgherd_blocked', n.nspname, c.relname)
FROM unnest($1) g (rel) JOIN pg_class c ON c.oid = g.rel JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname || '.' || c.relname = ANY ({tables}) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND NOT EXISTS (SELECT FROM aclexplode(c.relacl) a WHERE a.grantee = 'pgherd_blocked'::regrole)
UNION ALL
SELECT format('GRANT REFERENCES (%I) ON TABLE %I.%I TO pgherd_blocked', a.attname, n.nspname, c.relname)
FROM unnest($1) g (rel) JOIN pg_attribute a ON a.attrelid = g.rel
JOIN pg_class c ON c.oid = g.rel JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgherd')
  AND ('*.' || a.attname = ANY ({columns}) OR c.relname || '.' || a.attname = ANY ({columns})
       OR n.nspname || '.' || c.relname || '.' || a.attname = ANY ({columns}))
  AND NOT EXISTS (SELECT FROM aclexplode(a.attacl) x WHERE x.grantee = 'pgherd_blocked'::regrole)
$pgherd$;

CREATE FUNCTION pgherd.schemas() RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
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
SELECT format('REVOKE %s ON SCHEMA %I FROM %s CASCADE', privilege, nspname, role)
FROM (TABLE present EXCEPT TABLE wanted) surplus
UNION ALL
SELECT format('GRANT %s ON SCHEMA %I TO %s', privilege, nspname, role) FROM (TABLE wanted EXCEPT TABLE present) missing
$pgherd$;

CREATE FUNCTION pgherd.languages() RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT format('GRANT USAGE ON LANGUAGE %1$I TO %2$I; REVOKE USAGE ON LANGUAGE %1$I FROM PUBLIC', l.lanname, {owner-name})
FROM pg_language l
WHERE l.lanpltrusted AND EXISTS (SELECT FROM aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a WHERE a.grantee = 0)
$pgherd$;

-- What agents made and are not to have any more: whoever owns a table reads it, whatever is granted.
CREATE FUNCTION pgherd.owning(given oid[]) RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT format('ALTER TABLE %s OWNER TO %I', r.name, {owner-name}) FROM pgherd.relations($1) r
WHERE r.owner = '{writer-name}'::regrole AND r.kind IN ('r', 'p', 'm', 'f')
  AND (r.blocked OR r.outside OR r.hidden IS NOT NULL)
ORDER BY random()
$pgherd$;

CREATE FUNCTION pgherd.privileges(given oid[]) RETURNS TABLE (surplus boolean, command text, told text)
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT d.surplus,
       format(CASE WHEN NOT d.surplus THEN 'GRANT %1$s ON %2$s %3$s TO %4$s'
                   WHEN d.grantor IS NULL THEN 'REVOKE %1$s ON %2$s %3$s FROM %4$s CASCADE'
                   WHEN d.lent THEN 'GRANT %1$s ON %2$s %3$s TO %5$s WITH GRANT OPTION; REVOKE %1$s ON %2$s %3$s FROM %5$s CASCADE'
                   ELSE 'REVOKE GRANT OPTION FOR %1$s ON %2$s %3$s FROM %5$s CASCADE' END,
              l.list, CASE d.kind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, d.name, d.grantee, d.grantor),
       CASE WHEN d.surplus
            THEN format('%s has %s on %s, which spec.agentAccess keeps from agents', d.grantee, l.list, d.name) END
FROM (SELECT x.surplus, x.name, x.kind, x.grantee, x.grantor, x.lent,
             array_agg(x.privilege || coalesce(' (' || quote_ident(x.attribute) || ')', '')) AS privileges
      FROM pgherd.differences($1) x GROUP BY 1, 2, 3, 4, 5, 6) d,
     array_to_string(d.privileges, ', ') l (list)
$pgherd$
