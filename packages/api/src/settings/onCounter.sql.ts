/**
 * What writes and lists need of the settings is with the user's counter, too, which whoever writes has at hand: where new tasks
 * stand, and where the user is, as `SetPlace` has it. To read settings each time would cost as much as the row.
 */
export const noteSettings: ReadonlyArray<string> = [
  `CREATE OR REPLACE FUNCTION todo.note_settings() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      UPDATE todo.counters c SET new_first = NEW.new_tasks = 'first',
          place = jsonb_build_object('timeZone', NEW.time_zone, 'dayEndsAt', NEW.day_ends_at,
            'weekStart', NEW.week_start, 'language', NEW.language)
        WHERE c.user_id = NEW.user_id;
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER note_settings AFTER UPDATE ON todo.settings FOR EACH ROW EXECUTE FUNCTION todo.note_settings()`,
  // Of a build before this one.
  "DROP TRIGGER IF EXISTS note_new_tasks ON todo.settings",
  `CREATE OR REPLACE FUNCTION todo.set_place(uid uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN (SELECT c.place FROM todo.counters c WHERE c.user_id = uid);
    END $$`
]
