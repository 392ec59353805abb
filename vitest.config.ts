import { globSync, readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { defineConfig } from "vitest/config"

const shared = { testTimeout: 60_000, hookTimeout: 120_000 }
const api = "packages/api/test"
const client = "packages/cli/test"
/** What of the client is tried on the service itself; the rest needs none, or has what a service never does. */
const withService = globSync(`${client}/**/*.test.ts`, { cwd: import.meta.dirname })
  .filter((file) => readFileSync(join(import.meta.dirname, file), "utf8").includes("support/ServiceFixture.ts"))
/** Of the service's projects alone: the others need no database. */
const globalSetup = [`${api}/support/databases.ts`]

/** What comes out alike whatever the database is: once is enough, and on the embedded one. */
const withoutDatabase = [
  // What is before the service's statements, or after them.
  ...["browser", "mail", "openapi", "pages", "system"].map((folder) => `${api}/${folder}/**`),
  // But what is in a body may get to the database.
  `${api}/http/!(bodies|nastyBodies).test.ts`,
  // A module by itself.
  `${api}/*.test.ts`,
  `${api}/*/[A-Z]*.test.ts`,
  // How often is counted in memory; that it is kept, and by many processes, is tried where the database is real.
  `${api}/limits/rateLimits.test.ts`,
  // The embedded one itself.
  `${api}/database/embedded.test.ts`
]

export default defineConfig({
  test: {
    // Tests wait for databases, processes and clocks more than they compute; by itself Vitest leaves a core free.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: "packages",
          include: ["packages/domain/test/**/*.test.ts", "packages/cli/test/**/*.test.ts"],
          exclude: [...withService, `${client}/process/**`]
        }
      },
      {
        extends: true,
        test: { ...shared, name: "client", globalSetup: [`${client}/support/service.ts`], include: withService }
      },
      // The same suite on both databases.
      ...(["PGlite", "PostgreSQL 18"] as const).map((database) => ({
        extends: true as const,
        test: {
          ...shared,
          globalSetup,
          // What a file leaves in its process is of the libraries; to load these anew is a third of a short file's work.
          isolate: false,
          name: database,
          include: [`${api}/**/*.test.ts`],
          exclude: [`${api}/process/**`, ...(database === "PGlite" ? [`${api}/postgres/**`] : withoutDatabase)],
          provide: { database }
        }
      })),
      {
        extends: true,
        test: {
          ...shared,
          globalSetup,
          name: "process",
          include: [`${api}/process/**/*.test.ts`, `${client}/process/**/*.test.ts`],
          // Processes are killed, flooded and raced here: what a machine that does something else upsets is tried once more, and
          // the report says of which tests it was.
          retry: process.env["CI"] === undefined ? 0 : 1
        }
      }
    ]
  }
})
