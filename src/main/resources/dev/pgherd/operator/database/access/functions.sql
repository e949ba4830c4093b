-- A function that runs with its owner's rights shows what that owner sees, as a trigger too: whoever makes one calls it. An
-- aggregate calls its functions with its own owner's rights.
CREATE FUNCTION pgherd.kept_functions()
RETURNS TABLE (name text, public boolean, granted boolean, givers text[])
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
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
SELECT p.oid::regprocedure::text,
       bool_or(a.grantee = 0),
       bool_or(a.grantee <> 0),
       array_agg(DISTINCT g.giver::regrole::text) FILTER (WHERE g.giver IS NOT NULL)
FROM kept k JOIN pg_proc p ON p.oid = k.oid
CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
LEFT JOIN LATERAL pgherd.givers(p.proacl, p.proowner, a.grantor, 'EXECUTE') g (giver) ON a.grantor <> p.proowner
WHERE a.grantee IN (0, '{reader-name}'::regrole, '{writer-name}'::regrole) AND a.grantee <> p.proowner
GROUP BY p.oid
$pgherd$;

CREATE FUNCTION pgherd.functions() RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT concat_ws('; ',
  CASE WHEN k.public THEN format('GRANT EXECUTE ON ROUTINE %1$s TO pgherd_blocked, %2$I;'
                                 ' REVOKE EXECUTE ON ROUTINE %1$s FROM PUBLIC CASCADE', k.name, {owner-name}) END,
  CASE WHEN k.granted THEN format('REVOKE EXECUTE ON ROUTINE %s FROM {reader}, {writer} CASCADE', k.name) END,
  (SELECT string_agg(format('REVOKE GRANT OPTION FOR EXECUTE ON ROUTINE %s FROM %s CASCADE', k.name, giver), '; ')
   FROM unnest(k.givers) giver))
FROM pgherd.kept_functions() k
$pgherd$;

-- What could not be taken from agents, and what lies open in another way.
CREATE FUNCTION pgherd.left_over() RETURNS SETOF text LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $pgherd$
SELECT p.told FROM pgherd.privileges(pgherd.everything()) p WHERE p.surplus
UNION ALL
SELECT format('agents may still call %s, which spec.agentAccess keeps from them', k.name) FROM pgherd.kept_functions() k
UNION ALL
SELECT format('agents made the view %I.%I under a name that spec.agentAccess keeps from them, and see what it is given: drop it',
              n.nspname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND c.relowner = '{writer-name}'::regrole AND n.nspname || '.' || c.relname = ANY ({tables})
$pgherd$
