GRANT CREATE ON SCHEMA public TO {writer}
