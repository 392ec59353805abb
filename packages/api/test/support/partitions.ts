import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { schemaText } from "../../scripts/schemaText.ts"
import { SqlFunctions } from "../../src/database/functions/SqlFunctions.ts"
import { migrate } from "../../src/database/Migrations.ts"

/** How many partitions a table has. */
export const partitionCount = 8

/** A table of the schema, as `schemaText` has it. */
interface Table {
  readonly name: string
  /** Columns and constraints, but for foreign keys. */
  readonly lines: ReadonlyArray<string>
  readonly foreignKeys: ReadonlyArray<string>
  /** Indexes, row-level security and policies. */
  readonly more: ReadonlyArray<string>
}

const tablesIn = (schema: string): ReadonlyArray<Table> =>
  [...schema.matchAll(/^CREATE TABLE (\S+) \(\n([^]*?)\n\);((?:\n.+)*)/gm)].map(([, name, body, more]) => {
    const lines = body!.split(",\n").map((line) => line.trim())
    const isForeignKey = (line: string) => line.includes(" FOREIGN KEY ")
    return {
      name: name!,
      lines: lines.filter((line) => !isForeignKey(line)),
      foreignKeys: lines.filter(isForeignKey),
      more: more!.split(";").map((statement) => statement.trim()).filter((statement) => statement !== "")
    }
  })

const keysOf = ({ lines, more }: Table) => [
  ...lines.filter((line) => /^CONSTRAINT \S+ (PRIMARY KEY|UNIQUE) /.test(line)),
  ...more.filter((statement) => statement.startsWith("CREATE UNIQUE INDEX "))
]

/** Whether a table is one of users' rows, each of which is there once for its user. */
const isOfUsers = (table: Table) =>
  table.lines.includes("user_id uuid NOT NULL") && keysOf(table).every((key) => key.includes("(user_id"))

/**
 * Makes the service's schema in an empty database with each table of users' rows partitioned by the hash of the user,
 * as a database of several machines would have it. The service makes the functions when it starts. Answers the names of
 * those tables, and of the others.
 */
export const makePartitioned = (url: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const tables = tablesIn(yield* migrate(schemaText))
    const ofUsers = tables.filter(isOfUsers)
    const names = ofUsers.map(({ name }) => name)
    const statements = [
      `DROP TABLE ${names.join(", ")} CASCADE`,
      // Nobody is let in here: a partition has no policy of its own.
      "CREATE SCHEMA partitions",
      ...ofUsers.flatMap(({ lines, more, name }) => [
        `CREATE TABLE ${name} (${lines.join(", ")}) PARTITION BY HASH (user_id)`,
        ...Array.from({ length: partitionCount }, (_, remainder) =>
          `CREATE TABLE partitions.${name.split(".")[1]}_${remainder} PARTITION OF ${name}
            FOR VALUES WITH (MODULUS ${partitionCount}, REMAINDER ${remainder})`),
        ...more
      ]),
      // Of others, those that the tables took with them.
      ...tables.flatMap((table) =>
        table.foreignKeys
          .filter((key) =>
            ofUsers.includes(table) || names.some((name) =>
              key.includes(` REFERENCES ${name}(`)
            )
          )
          .map((key) => `ALTER TABLE ${table.name} ADD ${key}`)
      )
    ]
    for (const statement of statements) yield* sql.unsafe(statement)
    return { partitioned: names, whole: tables.map(({ name }) => name).filter((name) => !names.includes(name)) }
  }).pipe(
    // Functions have rows of these tables for arguments.
    Effect.provideService(SqlFunctions, { texts: [], version: 0, hash: "" }),
    Effect.provide(PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })),
    Effect.runPromise
  )
