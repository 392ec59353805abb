import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { readFileSync } from "node:fs"
import { schemaText } from "../../scripts/schemaText.ts"
import { declareFunctions } from "../../src/database/functions/SqlFunctions.ts"
import { hash, version } from "../../src/functionsVersion.ts"
import { functions, functionsHash, FunctionsLive } from "../../src/Service.ts"
import { suite } from "../support/suite.ts"

suite("the schema", (it) => {
  it.effect.skipIf(process.env["TEST_PARTITIONED"] !== undefined)(
    "is what docs/schema.sql says",
    () =>
      Effect.gen(function*() {
        const documented = readFileSync(new URL("../../../../docs/schema.sql", import.meta.url), "utf8")
        assert.strictEqual(yield* schemaText, documented, "run: node packages/api/scripts/functions.ts")
      })
  )

  it.effect("has the functions of this build, whose version moves with their text", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      assert.strictEqual(functionsHash, hash, "run: node packages/api/scripts/functions.ts")
      const made = yield* sql<{ name: string }>`SELECT p.oid::regproc::text AS name FROM pg_proc p
        WHERE p.pronamespace IN ('auth'::regnamespace, 'todo'::regnamespace)`
      const declared = functions.flatMap((text) => /^CREATE OR REPLACE FUNCTION ([\w.]+)/.exec(text)?.[1] ?? [])
      assert.sameMembers(made.map(({ name }) => name), declared)
    }))

  it.effect("keeps functions that are newer, and takes no others of the same version", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      // A table of the connection's own stands before the real one, which only the owner may see.
      const startOn = (version: number, hash: string) =>
        sql.withTransaction(Effect.gen(function*() {
          yield* sql`CREATE TEMPORARY TABLE todo_functions ON COMMIT DROP AS SELECT ${version}::integer AS version, ${hash}::text AS hash`
          return yield* Effect.provide(declareFunctions, FunctionsLive)
        }))
      yield* startOn(version, hash)
      yield* startOn(version + 1, "of a later release")
      const refused = yield* Effect.flip(startOn(version, "of another build"))
      assert.strictEqual(refused._tag, "OtherFunctions")
      assert.include(refused.message, `functions of version ${version}`)
      // An older version is replaced, for which one has to own the schema.
      assert.strictEqual((yield* Effect.flip(startOn(version - 1, "of an earlier release")))._tag, "SqlError")
    }))
})
