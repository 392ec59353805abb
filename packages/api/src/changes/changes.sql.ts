/** What wakes those who listen at one replica to what is written at another. */
export default [
  // The last operation of each user that somebody watches, through the door, once for each session or token that does:
  // NULL where it has ended.
  `CREATE OR REPLACE FUNCTION todo.look(watched jsonb, OUT sid uuid, OUT last bigint) RETURNS SETOF record
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      one jsonb;
    BEGIN
      FOR one IN SELECT jsonb_array_elements(watched) LOOP
        sid := (one ->> 'session')::uuid;
        BEGIN
          PERFORM todo.authenticate(sid, (one ->> 'user')::uuid);
          SELECT c.seq INTO last FROM todo.counters c WHERE c.user_id = (one ->> 'user')::uuid;
        EXCEPTION WHEN invalid_authorization_specification THEN
          last := NULL;
        END;
        RETURN NEXT;
      END LOOP;
    END $$`
]
