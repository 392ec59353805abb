import { describe, expect, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { type Environment, type GlobalOptions, settingsFrom } from "../src/Settings.ts"

const options: GlobalOptions = {
  json: false,
  quiet: false,
  apiUrl: undefined,
  input: true,
  color: true,
  pager: true,
  queue: true,
  ndjson: false,
  fields: undefined,
  template: undefined
}

const settings = (
  env: Environment["env"] = {},
  given: Partial<GlobalOptions> = {},
  environment: Partial<Environment> = {}
) =>
  settingsFrom({ ...options, ...given }, {
    env,
    stdout: { isTTY: true, columns: 100 },
    stderr: { isTTY: true },
    hasPerson: () => true,
    configDirectory: "/c",
    lastService: () => undefined,
    ...environment
  })

describe("settings", () => {
  it.effect.each([
    [undefined, undefined, "http://localhost:4000"],
    ["https://a.example", undefined, "https://a.example"],
    ["https://a.example", "https://b.example/", "https://b.example"],
    ["", undefined, "http://localhost:4000"],
    [undefined, "HTTPS://B.example:443/base//", "https://b.example/base"]
  ])("TODO_API_URL %s and --api-url %s give %s", ([variable, apiUrl, expected]) =>
    Effect.gen(function*() {
      expect((yield* settings({ TODO_API_URL: variable }, { apiUrl })).apiUrl).toBe(expected)
    }))

  it.effect("the service is that of the last sign-in, where none is named", () =>
    Effect.gen(function*() {
      const lastService = () => "https://last.example/base"
      const of = (env: Environment["env"] = {}, given = {}) =>
        Effect.map(settings(env, given, { lastService }), ({ apiUrl }) => apiUrl)
      expect(yield* of()).toBe("https://last.example/base")
      expect((yield* settings()).apiUrl).toBe("http://localhost:4000")
      expect(yield* of({ TODO_API_URL: "http://a" })).toBe("http://a")
      expect(yield* of({}, { apiUrl: "http://b" })).toBe("http://b")
      const damaged = settings({}, {}, { lastService: () => "nonsense" })
      expect(yield* Effect.flip(damaged)).toMatchObject({
        exitCode: 2,
        message: expect.stringContaining("last sign-in")
      })
    }))

  it.effect.each(["localhost:4000", "ftp://a", "nonsense", "http://", "http://u:p@a", "http://a?b", "http://a#b"])(
    "%s is no address of a service: exit code 2",
    (apiUrl) =>
      Effect.gen(function*() {
        expect(yield* Effect.flip(settings({}, { apiUrl }))).toMatchObject({ exitCode: 2, code: "usage" })
        expect(yield* Effect.flip(settings({ TODO_API_URL: apiUrl }))).toMatchObject({ exitCode: 2, code: "usage" })
      })
  )

  it.effect.each<[string, ReadonlyArray<string>]>([
    ["localhost:4810", ["(Did you mean http://localhost:4810?)"]],
    ["127.0.0.1:4810/base", ["(Did you mean http://127.0.0.1:4810/base?)"]],
    ["[::1]:4810", ["(Did you mean http://[::1]:4810?)"]],
    ["todo.example", ["(Did you mean https://todo.example?)"]],
    ["localhost.example:80", ["(Did you mean https://localhost.example:80?)"]],
    ["ftp://a", []],
    ["http://", []],
    ["a b", []]
  ])("%s lacks a scheme, or is another's: %j", ([apiUrl, hints]) =>
    Effect.gen(function*() {
      expect(yield* Effect.flip(settings({}, { apiUrl }))).toMatchObject({ exitCode: 2, hints })
    }))

  it.effect.each(["0", "-1", "x", "Infinity", "3601"])(
    "a timeout of %s is refused: exit code 2",
    (TODO_TIMEOUT) =>
      Effect.gen(function*() {
        expect(yield* Effect.flip(settings({ TODO_TIMEOUT }))).toMatchObject({ exitCode: 2, code: "usage" })
      })
  )

  it.effect("queues where there is somebody to ask, or TODO_QUEUE says so", () =>
    Effect.gen(function*() {
      const queues = (env: Environment["env"] = {}, given: Partial<GlobalOptions> = {}, hasPerson = true) =>
        Effect.map(settings(env, given, { hasPerson: () => hasPerson }), (made) => made.queues)
      expect(yield* queues()).toBe(true)
      expect(yield* queues({}, {}, false)).toBe(false)
      expect(yield* queues({ CI: "1" })).toBe(false)
      expect(yield* queues({ CI: "1", TODO_QUEUE: "1" }, {}, false)).toBe(true)
      expect(yield* queues({ TODO_QUEUE: "0" })).toBe(false)
      expect(yield* queues({ TODO_QUEUE: "1" }, { queue: false })).toBe(false)
      expect((yield* Effect.flip(queues({ TODO_QUEUE: "yes" }))).exitCode).toBe(2)
    }))

  it.effect("waits 30 seconds unless told otherwise", () =>
    Effect.gen(function*() {
      expect((yield* settings()).timeoutSeconds).toBe(30)
      expect((yield* settings({ TODO_TIMEOUT: "0.5" })).timeoutSeconds).toBe(0.5)
    }))

  it.effect.each<[Environment["env"], Partial<GlobalOptions>, boolean, string | undefined]>([
    [{ CI: "1" }, {}, true, "Nothing is asked while CI is set."],
    [{ CI: "1" }, { input: false }, true, "Nothing is asked with --no-input."],
    // Without a terminal neither is the cause.
    [{ CI: "1" }, { input: false }, false, undefined],
    [{}, {}, true, undefined]
  ])(
    "with %j and %j on a terminal (%s) says why nobody is asked: %s",
    ([env, given, person, expected]) =>
      Effect.gen(function*() {
        expect((yield* settings(env, given, { hasPerson: () => person })).whyUnasked).toBe(expected)
      })
  )

  it.effect.each<[Environment["env"], Partial<GlobalOptions>, boolean, boolean]>([
    [{}, {}, true, true],
    [{}, {}, false, false],
    [{ TERM: "dumb" }, {}, true, false],
    [{ NO_COLOR: "1" }, {}, true, false],
    [{ NO_COLOR: "" }, {}, true, true],
    [{}, { color: false }, true, false],
    [{ FORCE_COLOR: "1" }, {}, false, true],
    [{ FORCE_COLOR: "0" }, {}, false, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, {}, true, false],
    [{ FORCE_COLOR: "1" }, { color: false }, true, false]
  ])("with %j and %j, colors on a terminal (%s): %s", ([env, given, isTTY, expected]) =>
    Effect.gen(function*() {
      expect((yield* settings(env, given, { stdout: { isTTY } })).color).toBe(expected)
    }))

  it.effect.each<[Environment["env"], Partial<GlobalOptions>, boolean, boolean]>([
    [{}, {}, true, true],
    [{}, {}, false, false],
    [{}, { input: false }, true, false],
    [{ CI: "true" }, {}, true, false],
    [{ CI: "false" }, {}, true, true]
  ])("with %j and %j, asks a person (%s): %s", ([env, given, person, expected]) =>
    Effect.gen(function*() {
      expect((yield* settings(env, given, { hasPerson: () => person })).interactive).toBe(expected)
    }))

  it.effect.each<[Environment["env"], Partial<GlobalOptions>, boolean, boolean]>([
    [{}, {}, true, true],
    [{}, {}, false, false],
    [{ TERM: "dumb" }, {}, true, false],
    [{ NO_COLOR: "1" }, {}, true, true],
    [{}, { json: true }, true, false],
    [{}, { quiet: true }, true, false]
  ])(
    "with %j and %j, tells a terminal (%s) what is waited for: %s",
    ([env, given, isTTY, expected]) =>
      Effect.gen(function*() {
        expect((yield* settings(env, given, { stderr: { isTTY } })).showsProgress).toBe(expected)
      })
  )

  it.effect.each<[Environment["env"], boolean]>([
    [{}, false],
    [{ LANG: "C" }, true],
    [{ LANG: "C.UTF-8" }, false],
    [{ LANG: "de_DE.utf8", LC_ALL: "" }, false],
    [{ LANG: "de_DE.UTF-8", LC_ALL: "POSIX" }, true],
    [{ LANG: "C", LC_CTYPE: "en_US.UTF-8" }, false],
    [{ LANG: "en_US.ISO-8859-1" }, true],
    [{ LANG: "en_US" }, false]
  ])("by %o the terminal shows ASCII alone: %s", ([env, expected]) =>
    Effect.gen(function*() {
      expect((yield* settings(env)).ascii).toBe(expected)
      expect((yield* settings(env, {}, { stdout: {}, stderr: {} })).ascii).toBe(false)
    }))

  it.effect("knows the width of a terminal only", () =>
    Effect.gen(function*() {
      expect((yield* settings()).columns).toBe(100)
      expect((yield* settings({}, {}, { stdout: {} })).columns).toBe(undefined)
    }))

  it.effect("keeps a token out of logs", () =>
    Effect.gen(function*() {
      const { token } = yield* settings({ TODO_TOKEN: "secret" })
      expect(String(token)).not.toContain("secret")
      expect(token === undefined ? undefined : Redacted.value(token)).toBe("secret")
    }))
})
