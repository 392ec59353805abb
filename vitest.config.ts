import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"

const shared = { testTimeout: 60_000, hookTimeout: 120_000 }
const api = "packages/api/test"
/** Of the service's projects alone: the others need no database. */
const globalSetup = [`${api}/support/databases.ts`]

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
          include: ["packages/domain/test/**/*.test.ts", "packages/cli/test/**/*.test.ts"]
        }
      },
      // The same suite on both databases.
      ...(["PGlite", "PostgreSQL 18"] as const).map((database) => ({
        extends: true as const,
        test: {
          ...shared,
          globalSetup,
          name: database,
          include: [`${api}/**/*.test.ts`],
          // A browser does not see the database: once is enough.
          exclude: [
            `${api}/process/**`,
            ...(database === "PGlite" ? [`${api}/postgres/**`] : [`${api}/browser/**`, `${api}/openapi/**`])
          ],
          provide: { database }
        }
      })),
      {
        extends: true,
        test: { ...shared, globalSetup, name: "process", include: [`${api}/process/**/*.test.ts`] }
      }
    ]
  }
})
