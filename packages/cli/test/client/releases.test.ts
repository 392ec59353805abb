import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { Api } from "@todo/domain/Api"
import { Schema } from "effect"
import { type HttpApiEndpoint, type HttpApiGroup, HttpApiSchema } from "effect/http-api"
import { readFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { lenientEndpoint } from "../../src/client/GroupClient.ts"
import { lenient } from "../../src/client/LenientAnswer.ts"
import { updateHint } from "../../src/client/ServiceVersion.ts"
import { version } from "../../src/client/Version.ts"
import { taskJson } from "../../src/tasks/TaskOutput.ts"
import { buildCli, type Cli } from "../support/Cli.ts"
import { openTask } from "../support/openTask.ts"

describe("an answer is read leniently", () => {
  const Answer = Schema.Struct({
    id: Schema.String.check(Schema.isUUID()),
    note: Schema.NullOr(Schema.String),
    endsAt: Schema.NullOr(Schema.DateTimeUtcFromString),
    stars: Schema.Int.annotate({ default: 0 }),
    priority: Schema.Literals(["low", "high"]).annotate({ default: "low" }),
    tags: Schema.Array(Schema.Literals(["home", "work"])).check(Schema.isMaxLength(2), Schema.isUnique()),
    kind: Schema.Literal("task"),
    more: Schema.optionalKey(Schema.Boolean)
  })
  const id = "0198c0de-7a5c-7000-8000-0000000000a1"
  const whole = { id, note: "x", endsAt: null, stars: 3, priority: "high", tags: ["home"], kind: "task" }
  const read = Schema.decodeUnknownSync(lenient(Answer))
  const write = Schema.encodeUnknownSync(lenient(Answer))
  const without = (...names: ReadonlyArray<keyof typeof whole>) =>
    Object.fromEntries(Object.entries(whole).filter(([name]) => !names.some((absent) => absent === name)))

  it("a member that is not there is its default, or null where it may be", () => {
    expect(read(without("note", "endsAt", "stars", "priority"))).toEqual({
      ...whole,
      note: null,
      endsAt: null,
      stars: 0,
      priority: "low"
    })
    expect(read(whole)).toEqual(whole)
  })

  it.each(["id", "tags", "kind"] as const)("a member without either is essential: %s", (name) => {
    expect(() => read(without(name))).toThrow(name)
  })

  it("a word that is not known comes as it is, and goes out again as it came", () => {
    const later = { ...whole, priority: "urgent", tags: ["home", "work", "garden"] }
    expect(read(later)).toEqual(later)
    expect(write(read(later))).toEqual(later)
  })

  it("what is not known is left", () => {
    expect(read({ ...whole, color: "red" })).toEqual(whole)
  })

  it("what is known has to be right", () => {
    for (
      const wrong of [{ id: "1" }, { note: 1 }, { endsAt: "soon" }, { stars: "3" }, { priority: 1 }, { kind: "no" }]
    ) {
      expect(() => read({ ...whole, ...wrong })).toThrow()
    }
  })
})

/** What the service of a release has answered to each operation that this client calls; of 0.1.0 before it had a header of it. */
const answersOf = (release: string): Readonly<Record<string, unknown>> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `answers/${release}.json`), "utf8"))

describe("answers of the release 0.1.0 are read by this one", () => {
  it.each(Object.entries(answersOf("0.1.0")))("%s", (operation, answer) => {
    const [group = "", endpoint = ""] = operation.split(".")
    const groups: Readonly<Record<string, HttpApiGroup.Constraint>> = Api.groups
    const [response] = lenientEndpoint(groups[group]!.endpoints[endpoint] as HttpApiEndpoint.Top).success
    const body = HttpApiSchema.isWithHeaders(response) ? response.schema : response!
    expect(Schema.decodeUnknownSync(body as Schema.Codec<unknown>)(answer)).toBeDefined()
  })
})

describe("which side to update", () => {
  it.each([
    ["0.2.0", "0.1.0", "The service is todo 0.2.0 and this client 0.1.0: update the client."],
    ["0.1.10", "0.1.9", "The service is todo 0.1.10 and this client 0.1.9: update the client."],
    ["0.1.0", "1.0.0", "The service is todo 0.1.0 and this client 1.0.0: update the service."],
    ["0.1.0", "0.1.0", undefined],
    ["nonsense", "0.1.0", undefined],
    [undefined, "0.1.0", undefined]
  ])("service %s, client %s", (service, client, hint) => {
    expect(updateHint(service, client)).toBe(hint)
  })
})

describe("a service of another release", () => {
  const jwt = `e30.${Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url")}.x`
  let cli: Cli
  let server: Server
  let answer: { status: number; type?: string; version?: string; body: object }
  beforeAll(async () => {
    server = createServer((request, response) => {
      // Nothing is said about any task.
      const { body, status, type = "application/json", version } = request.url?.includes("/comments")
        ? { ...answer, status: 200, body: { items: [], nextCursor: null } }
        : answer
      response.writeHead(status, {
        "content-type": type,
        ...(version === undefined ? {} : { "todo-version": version })
      })
        .end(JSON.stringify(body))
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    cli = await buildCli(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  afterAll(() => {
    cli.remove()
    server.close()
  })

  const todo = (line: string, ...how: [typeof answer]) => {
    answer = how[0]
    return cli.run(line.split(" "), { env: { TODO_TOKEN: jwt } })
  }
  const task = taskJson(openTask())
  const token = {
    id: "0198c0de-7a5c-7000-8000-0000000000a2",
    name: "ci",
    scopes: ["tasks:read", "tasks:write", "projects:read"],
    createdAt: "2026-11-23T10:00:00.000Z",
    expiresAt: "2099-11-23T10:00:00.000Z",
    lastUsedAt: null
  }

  it("the one before: what it does not answer is as if it had said so", async () => {
    const before = Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null))
    const outcome = await todo("list --json", { status: 200, body: { items: [before] } })
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" })
    expect(JSON.parse(outcome.stdout)).toEqual([task])
    expect(await todo("show 7", { status: 200, version: "0.0.9", body: { items: [before] } })).toMatchObject({
      exitCode: 0
    })
  })

  it("the one after: members and words that are new do no harm", async () => {
    const after = { ...task, dueOn: "2026-12-01", links: [{ name: "home" }] }
    const listed = await todo("list --json", {
      status: 200,
      version: "9.0.0",
      body: { items: [after], nextCursor: null, total: 1 }
    })
    expect(listed).toMatchObject({ exitCode: 0, stderr: "" })
    expect(JSON.parse(listed.stdout)).toEqual([task])
    const tokens = { status: 200, version: "9.0.0", body: { items: [token], nextCursor: null } }
    for (const line of ["token list", "token list --json"]) {
      const { exitCode, stderr, stdout } = await todo(line, tokens)
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
      expect(stdout).toContain("projects:read")
    }
  })

  it("the one after: a code that is new is told by its status and its words", async () => {
    const problem = {
      type: "urn:x",
      title: "T",
      status: 409,
      code: "project_frozen",
      detail: "The project is frozen"
    }
    const outcome = await todo("add x", {
      status: 409,
      type: "application/problem+json",
      version: "9.0.0",
      body: problem
    })
    expect(outcome).toEqual({ stdout: "", stderr: "error: The project is frozen\n", exitCode: 5 })
  })

  const clientIsOlder = `The service is todo 9.0.0 and this client ${version}: update the client.`
  const serviceIsOlder = `The service is todo 0.0.9 and this client ${version}: update the service.`
  const refused = (status: number, code: string) => ({ type: "urn:x", title: "T", status, code, detail: "No" })

  it.each([
    ["an answer that cannot be read", 200, { items: [{ ...task, id: 7 }], nextCursor: null }],
    ["an operation that is not there", 404, refused(404, "not_found")],
    ["a method that is not there", 405, refused(405, "method_not_allowed")],
    ["a member that is not known", 400, { ...refused(400, "invalid_request"), errors: [] }]
  ])("too far apart, %s: says which side to update", async (_, status, body) => {
    const type = status === 200 ? "application/json" : "application/problem+json"
    expect((await todo("list", { status, type, version: "9.0.0", body })).stderr).toContain(`\n${clientIsOlder}\n`)
    expect((await todo("list", { status, type, version: "0.0.9", body })).stderr).toContain(`\n${serviceIsOlder}\n`)
    expect((await todo("list", { status, type, version, body })).stderr).not.toContain("update")
    expect((await todo("list", { status, type, body })).stderr).not.toContain("update")
  })
})
