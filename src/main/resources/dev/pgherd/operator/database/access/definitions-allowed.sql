SELECT 'GRANT CREATE ON SCHEMA public TO {writer}' WHERE to_regnamespace('public') IS NOT NULL
