DO $do$ DECLARE
  todo text;
  failures int := 0;
  began timestamptz := clock_timestamp();
BEGIN
  FOR todo IN {query} LOOP
    BEGIN
      EXECUTE todo;
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING USING ERRCODE = 'PH001', MESSAGE = format('%s: %s', left(todo, 200), SQLERRM);
      failures := failures + 1;
    END;
    -- While this waits for a lock it holds none, so that nobody is caught with it in a deadlock.
    COMMIT;
    -- Whoever holds a lock on many tables is not waited for at each of them.
    EXIT WHEN failures = 5;
    IF clock_timestamp() > began + interval '20s' THEN
      RAISE WARNING USING ERRCODE = 'PH001', MESSAGE = 'there is much to do, and it goes on in the next pass';
      EXIT;
    END IF;
  END LOOP;
END $do$
