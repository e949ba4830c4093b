CREATE OR REPLACE FUNCTION pgherd.rules() RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $pgherd$ SELECT {rules} $pgherd$
