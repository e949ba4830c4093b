FOR item IN SELECT format('ALTER EXTENSION plpgsql DROP %s %s', o.type, o.identity)
              FROM pg_depend d JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid,
                   pg_identify_object(d.classid, d.objid, 0) o
              WHERE d.deptype = 'e' AND e.extname = 'plpgsql'
                AND (o.identity IN ('pgherd', 'pgherd_access') OR o.schema = 'pgherd') LOOP
    EXECUTE item;
  END LOOP;
