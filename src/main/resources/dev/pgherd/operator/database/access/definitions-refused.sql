SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, {writer}', nspname) FROM pg_namespace
WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'
