DO $do$ DECLARE name text; BEGIN
  FOR name IN SELECT quote_ident(nspname) FROM pg_namespace
              WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO {reader}, {writer}', name);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %s TO {reader}', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO {writer}', name);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %s TO {writer}', name);
  END LOOP;
END $do$;

ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres GRANT USAGE ON SCHEMAS TO {reader}, {writer};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres GRANT SELECT ON TABLES TO {reader};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {writer};
ALTER DEFAULT PRIVILEGES FOR ROLE {owner}, {writer}, postgres GRANT USAGE, SELECT ON SEQUENCES TO {writer}
