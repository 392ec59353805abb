import { assert, beforeAll, describe, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { execFile } from "node:child_process"
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import openapiTS, { astToString } from "openapi-typescript"
import { inject } from "vitest"
import { TestService } from "../support/TestService.ts"
import { committedFile } from "./committed.ts"

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url))
const tsc = fileURLToPath(new URL("../../../../node_modules/typescript/bin/tsc", import.meta.url))

/** What somebody writes against the generated types; run against the service below. */
const program = `
import createClient from "openapi-fetch"
import type { components, paths } from "./api.ts"

type Task = components["schemas"]["Task"]

export const run = async (baseUrl: string, email: string) => {
  // Node's fetch must name an origin to Better Auth.
  const api = createClient<paths>({ baseUrl, headers: { Origin: baseUrl } })

  const signedUp = await api.POST("/api/auth/sign-up/email", {
    body: { name: "Ada", email, password: "correct horse battery" }
  })
  if (signedUp.error !== undefined) throw new Error(signedUp.error.code)
  const session = { Authorization: \`Bearer \${signedUp.data.token}\` }

  const token = await api.GET("/api/auth/token", { headers: session })
  if (token.error !== undefined) throw new Error(token.error.code)
  const headers = { Authorization: \`Bearer \${token.data.token}\` }

  const created = await api.POST("/api/v1/tasks", { headers, body: { title: "Buy milk" } })
  if (created.error !== undefined) throw new Error(created.error.code)
  const task: Task = created.data
  const params = { path: { id: task.id } }

  const listed = await api.GET("/api/v1/tasks", { headers, params: { query: { completed: false, limit: 10 } } })
  const titles: ReadonlyArray<string> | undefined = listed.data?.items.map((item) => item.title)

  const updated = await api.PATCH("/api/v1/tasks/{id}", {
    headers,
    params: { ...params, header: { "If-Match": \`"\${task.version}"\` } },
    body: { completed: true, description: null }
  })
  const completedAt: string | null | undefined = updated.data?.completedAt

  const stale = await api.DELETE("/api/v1/tasks/{id}", {
    headers,
    params: { ...params, header: { "If-Match": '"1"' } }
  })
  const current = stale.error?.code === "task_changed" ? stale.error.current.version : undefined

  const removed = await api.DELETE("/api/v1/tasks/{id}", { headers, params })
  const gone = await api.GET("/api/v1/tasks/{id}", { headers, params })
  return { titles, completedAt, current, removed: removed.response.status, gone: gone.error?.code }
}
`

const wrong = {
  "a title that is a number": `await api.POST("/api/v1/tasks", { body: { title: 1 } })`,
  "a body without a title": `await api.POST("/api/v1/tasks", { body: {} })`,
  "a path that does not exist": `await api.GET("/api/v1/todos")`,
  "a limit that is text": `await api.GET("/api/v1/tasks", { params: { query: { limit: "ten" } } })`,
  "a task without its id": `await api.GET("/api/v1/tasks/{id}", { params: { path: {} } })`,
  "a member that an answer lacks": `(await api.GET("/api/v1/me")).data?.password`
}

/** A folder with the generated types, where `openapi-fetch` can be imported. */
const folder = async () => {
  const directory = mkdtempSync(join(inject("scratch"), "client-"))
  symlinkSync(modules, join(directory, "node_modules"))
  writeFileSync(join(directory, "package.json"), JSON.stringify({ type: "module" }))
  writeFileSync(join(directory, "api.ts"), astToString(await openapiTS(committedFile)))
  return directory
}

const options = "--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --skipLibCheck"
  + " --target ES2024 --lib ES2024,DOM --module NodeNext --allowImportingTsExtensions"

/** What the workspace's compiler says of a file; nothing when it is right. */
const compile = (directory: string, file: string) =>
  new Promise<string>((resolve) =>
    execFile(
      process.execPath,
      [tsc, ...options.split(" "), file],
      { cwd: directory },
      (_, stdout, stderr) => resolve(stdout + stderr)
    )
  )

describe("types that openapi-typescript makes of docs/openapi.json", () => {
  let directory: string

  beforeAll(async () => {
    directory = await folder()
  })

  it("compile a program that uses every task operation", async () => {
    writeFileSync(join(directory, "program.ts"), program)
    assert.strictEqual(await compile(directory, "program.ts"), "")
  })

  it.each(Object.entries(wrong))("refuse %s", async (_, statement) => {
    const file = join(mkdtempSync(join(directory, "wrong-")), "wrong.ts")
    writeFileSync(
      file,
      `import createClient from "openapi-fetch"\nimport type { paths } from "../api.ts"\n`
        + `const api = createClient<paths>()\nexport const answer = ${statement}\n`
    )
    assert.match(await compile(directory, file), /^.*wrong\.ts\(4,\d+\): error TS\d+/)
  })
})

layer(TestService.localLayer, { excludeTestServices: true })(
  "a client that openapi-typescript and openapi-fetch make",
  (it) => {
    it.effect("signs up, gets a token, and creates, lists, updates and deletes a task", () =>
      Effect.gen(function*() {
        const { url } = yield* TestService
        const directory = yield* Effect.promise(folder)
        writeFileSync(join(directory, "program.ts"), program)
        const { run } = (yield* Effect.promise(() => import(join(directory, "program.ts")))) as {
          readonly run: (baseUrl: string, email: string) => Promise<Record<string, unknown>>
        }
        const outcome = yield* Effect.promise(() => run(url, `openapi-${process.pid}-${Date.now()}@example.com`))
        assert.match(String(outcome["completedAt"]), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
        assert.deepInclude(outcome, { titles: ["Buy milk"], current: 2, removed: 204, gone: "task_not_found" })
      }))
  }
)
