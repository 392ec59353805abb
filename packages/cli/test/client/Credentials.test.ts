import { describe, expect, it } from "@effect/vitest"
import { Effect, Fiber, Schema } from "effect"
import { TestClock } from "effect/testing"
import {
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Entry } from "../../src/accounts/StoredAccounts.ts"
import { Credentials } from "../../src/client/Credentials.ts"
import { Settings } from "../../src/Settings.ts"

/** The entry of one service, in a directory that lasts as long as the test. */
const withDirectory = <A, E, R>(use: (directory: string) => Effect.Effect<A, E, R>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "todo-credentials-"))),
    use,
    (directory) => Effect.sync(() => rmSync(directory, { recursive: true }))
  )

const at =
  (configDirectory: string, apiUrl: string, timeoutSeconds = 30) => <A, E>(effect: Effect.Effect<A, E, Credentials>) =>
    effect.pipe(
      Effect.provide(Credentials.layer),
      Effect.provideService(Settings, {
        apiUrl,
        token: undefined,
        configDirectory,
        words: true,
        timeoutSeconds,
        json: false,
        quiet: false,
        color: false,
        queues: false,
        sendsQueued: false,
        showsProgress: false,
        interactive: false,
        pager: undefined,
        format: { kind: "json", fields: undefined },
        columns: undefined,
        rows: undefined
      })
    )

const put = (entry: Entry | undefined) => Effect.flatMap(Credentials, (credentials) => credentials.update(() => entry))
const get = Effect.flatMap(Credentials, (credentials) => credentials.get)

const entry: Entry = { sessionToken: "s", user: { name: "Ada", email: "a@b.c" }, jwt: "j", jwtExpiresAt: 1 }

describe("credentials", () => {
  it.effect.prop(
    "come back as they were kept, whatever is in them",
    [Entry, Schema.String],
    ([entry, url]) =>
      withDirectory((directory) =>
        Effect.gen(function*() {
          yield* put(entry).pipe(at(directory, `http://${url}`))
          // As JSON has them: it knows no -0.
          const kept: unknown = JSON.parse(JSON.stringify(entry))
          expect(yield* get.pipe(at(directory, `http://${url}`))).toEqual(kept)
        })
      )
  )

  it.effect("of one service are not those of another", () =>
    withDirectory((directory) =>
      Effect.gen(function*() {
        yield* put(entry).pipe(at(directory, "http://a"))
        expect(yield* get.pipe(at(directory, "http://b"))).toBe(undefined)
        yield* put({ ...entry, sessionToken: "t" }).pipe(at(directory, "http://b"))
        yield* put(undefined).pipe(at(directory, "http://b"))
        expect(yield* get.pipe(at(directory, "http://a"))).toEqual(entry)
      })
    ))

  it.live("leave nothing but their file behind", () =>
    withDirectory((directory) =>
      Effect.gen(function*() {
        yield* Effect.forEach(
          Array.from({ length: 20 }, (_, index) => index),
          (index) => put(entry).pipe(at(directory, `http://${index}`)),
          { concurrency: "unbounded" }
        )
        expect(readdirSync(directory)).toEqual(["credentials.json"])
        expect(yield* get.pipe(at(directory, "http://0"))).toEqual(entry)
        expect(yield* get.pipe(at(directory, "http://19"))).toEqual(entry)
      })
    ))

  it.live.each(["a file", "nothing yet", "another link"])(
    "are kept where a link leads: to %s",
    (end) =>
      withDirectory((directory) =>
        Effect.gen(function*() {
          const [config, elsewhere] = [join(directory, "config"), join(directory, "elsewhere")]
          for (const path of [config, elsewhere]) mkdirSync(path)
          const [link, target] = [join(config, "credentials.json"), join(elsewhere, "real.json")]
          symlinkSync(end === "another link" ? "second" : "../elsewhere/real.json", link)
          if (end === "another link") symlinkSync(target, join(config, "second"))
          if (end === "a file") writeFileSync(target, "{}")
          yield* put(entry).pipe(at(config, "http://a"))
          expect(lstatSync(link).isSymbolicLink()).toBe(true)
          expect(readdirSync(elsewhere)).toEqual(["real.json"])
          expect(yield* get.pipe(at(config, "http://a"))).toEqual(entry)
          yield* put(undefined).pipe(at(config, "http://a"))
          expect(JSON.parse(readFileSync(target, "utf8"))).toEqual({})
        })
      )
  )

  it.live("are not sought in a circle of links", () =>
    withDirectory((directory) =>
      Effect.gen(function*() {
        symlinkSync("credentials.json", join(directory, "credentials.json"))
        const failure = yield* put(entry).pipe(at(directory, "http://a"), Effect.flip)
        expect(failure).toMatchObject({ code: "credentials_unavailable", exitCode: 1 })
      })
    ))

  const leftLocks: Record<string, (lock: string) => void> = {
    "a process that died": (lock) => {
      writeFileSync(lock, "")
      utimesSync(lock, 0, 0)
    },
    "a process that died before the clock was set back": (lock) => {
      writeFileSync(lock, "")
      utimesSync(lock, 9_999_999_999, 9_999_999_999)
    },
    "nobody: a link that leads nowhere": (lock) => {
      symlinkSync("/nowhere/at/all", lock)
      lutimesSync(lock, 0, 0)
    }
  }

  it.live.each(Object.keys(leftLocks))(
    "are not blocked by the lock of %s",
    (owner) =>
      withDirectory((directory) =>
        Effect.gen(function*() {
          leftLocks[owner]!(join(directory, "credentials.json.lock"))
          yield* put(entry).pipe(at(directory, "http://a"))
          expect(yield* get.pipe(at(directory, "http://a"))).toEqual(entry)
          expect(readdirSync(directory)).toEqual(["credentials.json"])
        })
      )
  )

  it.effect("are given up where the lock stays, which nobody has to wait for for ever", () =>
    withDirectory((directory) =>
      Effect.gen(function*() {
        const lock = join(directory, "credentials.json.lock")
        writeFileSync(lock, "")
        const fiber = yield* put(entry).pipe(at(directory, "http://a"), Effect.flip, Effect.forkChild)
        // Somebody always has it, and has just taken it.
        for (let second = 0; second < 60; second++) {
          utimesSync(lock, Date.now() / 1000, Date.now() / 1000)
          yield* TestClock.adjust("1 second")
        }
        expect(yield* Fiber.join(fiber)).toMatchObject({ code: "credentials_unavailable", exitCode: 1 })
      })
    ))

  it.live("are given up within TODO_TIMEOUT, where the lock has just been taken", () =>
    withDirectory((directory) =>
      Effect.gen(function*() {
        writeFileSync(join(directory, "credentials.json.lock"), "")
        const start = Date.now()
        const failure = yield* put(entry).pipe(at(directory, "http://a", 0.5), Effect.flip)
        expect(failure).toMatchObject({ code: "credentials_unavailable", exitCode: 1 })
        // Without the limit the lock would be stale, and gone, after five seconds.
        expect(Date.now() - start).toBeLessThan(4000)
      })
    ))

  it.effect("are given up where something else is in the lock's place", () =>
    withDirectory((directory) =>
      Effect.gen(function*() {
        mkdirSync(join(directory, "credentials.json.lock"))
        utimesSync(join(directory, "credentials.json.lock"), 0, 0)
        const failure = yield* put(entry).pipe(at(directory, "http://a"), Effect.flip)
        expect(failure).toMatchObject({ code: "credentials_unavailable", exitCode: 1 })
      })
    ))
})
