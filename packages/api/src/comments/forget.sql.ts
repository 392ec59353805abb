/**
 * What is said about a task goes with it for good, on record too: nothing is left of its text. Its id stays taken while the
 * record knows it. A task whose making is undone comes back without: only what nobody has said anything about is undone.
 */
export const forgetComments: ReadonlyArray<string> = [
  `CREATE OR REPLACE FUNCTION todo.forget_comments() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      many integer;
    BEGIN
      -- As a range, in its order: where there were few when the plan was made, it would go through all of the user's.
      IF NOT EXISTS (
        SELECT FROM todo.comments x WHERE x.user_id = OLD.user_id AND x.task_id >= OLD.id AND x.task_id <= OLD.id
          ORDER BY x.task_id, x.created_at, x.id LIMIT 1
      ) THEN
        RETURN NULL;
      END IF;
      UPDATE todo.changes c SET was = NULL, now = NULL
        WHERE c.user_id = OLD.user_id AND c.noun = 'comment' AND c.id IN (
          SELECT x.id FROM todo.comments x WHERE x.user_id = OLD.user_id AND x.task_id = OLD.id
        );
      DELETE FROM todo.comments x WHERE x.user_id = OLD.user_id AND x.task_id = OLD.id;
      GET DIAGNOSTICS many = ROW_COUNT;
      UPDATE todo.counters c SET comments = c.comments - many WHERE c.user_id = OLD.user_id;
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER forget_comments AFTER DELETE ON todo.tasks FOR EACH ROW
    EXECUTE FUNCTION todo.forget_comments()`
]
