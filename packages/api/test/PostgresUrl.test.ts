import { assert, describe, it } from "@effect/vitest"
import { addressOf, databaseOf, parsePostgresUrl, placeOf, roleOf } from "../src/PostgresUrl.ts"

describe("a connection URI of PostgreSQL", () => {
  for (
    const [text, place, role, database] of [
      ["postgres://todo:secret@db.example.com/tasks", "db.example.com:5432", "todo", "tasks"],
      ["postgresql://todo@[::1]:6432/tasks?sslmode=require", "::1:6432", "todo", "tasks"],
      ["postgres://to%20do:p%2Fw@localhost", "localhost:5432", "to do", "to do"],
      ["postgres://todo:secret@/tasks?host=/run/postgresql", "/run/postgresql/.s.PGSQL.5432", "todo", "tasks"],
      ["postgres:///tasks?host=/run/postgresql&port=6432&user=todo", "/run/postgresql/.s.PGSQL.6432", "todo", "tasks"],
      ["postgres://todo@%2Frun%2Fpostgresql/tasks", "/run/postgresql/.s.PGSQL.5432", "todo", "tasks"],
      ["postgres://other@db/x?user=todo&dbname=tasks&host=db.example.com", "db.example.com:5432", "todo", "tasks"]
    ] as const
  ) {
    it(text, () => {
      const url = parsePostgresUrl(text)!
      assert.strictEqual(placeOf(url), place)
      assert.strictEqual(roleOf(url), role)
      assert.strictEqual(databaseOf(url), database)
      // As the settings keep it.
      assert.deepStrictEqual(addressOf(new URL(url.href)), addressOf(url))
    })
  }

  for (
    const text of ["mysql://localhost/todo", "localhost:5432", "postgres://user:pa#ss@host/todo", "postgres://%zz@host"]
  ) {
    it(`is not ${text}`, () => {
      assert.isUndefined(parsePostgresUrl(text))
    })
  }
})
