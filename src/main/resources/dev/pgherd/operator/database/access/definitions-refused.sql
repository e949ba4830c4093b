DO $do$ DECLARE name text; BEGIN
  FOR name IN SELECT quote_ident(nspname) FROM pg_namespace
              WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' LOOP
    EXECUTE format('REVOKE CREATE ON SCHEMA %s FROM PUBLIC, {writer}', name);
  END LOOP;
END $do$
