import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Functions are declared from here on (docs/adr/0025), and not migrated: those that the migrations before have made,
 * their triggers with them, go, and the present ones are made after the migrations.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DO $$
    DECLARE
      made regprocedure;
    BEGIN
      FOR made IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace IN ('todo'::regnamespace, 'auth'::regnamespace) LOOP
        EXECUTE 'DROP FUNCTION IF EXISTS ' || made || ' CASCADE';
      END LOOP;
    END $$`
  // Beside todo_migrations: one row, of the functions that the database has.
  yield* sql`CREATE TABLE todo_functions (
    version integer NOT NULL,
    hash text NOT NULL
  )`
})
