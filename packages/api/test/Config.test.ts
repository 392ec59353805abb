import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer } from "effect"
import { AppConfig, variableNames } from "../src/Config.ts"

/** For each setting, values that it does not take. */
const bad: Record<string, ReadonlyArray<string>> = {
  PORT: ["http", "70000", "-1", "4e3", "0x50", "4000.5"],
  HOST: ["http://localhost", "0.0.0.0:4114", "999.1.1.1", "[::1]", "my host", "-x", "a..b"],
  PUBLIC_URL: [
    "todo.example.com",
    "https://example.com/todo",
    "https://*.example.com",
    "https://pat@example.com",
    "ftp://example.com"
  ],
  DATABASE_URL: [
    "mysql://localhost/todo",
    "localhost",
    "postgres://user:pa#ss@host/todo",
    "postgres://user:%zz@host/todo"
  ],
  DATABASE_URL_UNPOOLED: ["mysql://localhost/todo"],
  DATABASE_CONNECTIONS: ["0", "501", "many"],
  DATABASE_PREPARED: ["yes", "ON"],
  GROUP_COMMIT: ["yes"],
  STATEMENT_TIMEOUT: ["0 seconds", "5", "2 hours"],
  REQUEST_TIMEOUT: ["soon", "0 millis"],
  MAX_REQUESTS: ["0", "1e9"],
  MAX_EVENT_STREAMS: ["0"],
  MAX_CONNECTIONS: ["0"],
  ANSWER_BUDGET: ["1 KiB", "much", "64"],
  BODY_BUDGET: ["65 GiB"],
  DRAIN_DELAY: ["1 hour", "5", "-1 seconds"],
  ADMIN_PORT: ["admin"],
  ADMIN_HOST: ["http://0.0.0.0"],
  OTEL_EXPORTER_OTLP_ENDPOINT: ["localhost:4318", "http://localhost:4318/?x=1"],
  // Any text is the name of a folder.
  TODO_DATA_DIR: [],
  BETTER_AUTH_SECRET: ["short"],
  CORS_ORIGINS: [
    "example.com",
    "https://app.example.com/",
    "*",
    "https://app.example.com,https://*.example.com",
    "https://app?.example.com"
  ],
  TRUSTED_PROXIES: ["proxy.example.com", "10.0.0.0/8,10.0.0.0/33"],
  SMTP_URL: ["mail.example.com", "https://user:hunter22@mail.example.com"],
  MAIL_FROM: ["todo", "todo <todo>", "a@example.com\nBcc: b@example.com"],
  EMAIL_VERIFICATION: ["yes"],
  RATE_LIMITS: ["some"],
  LOG_LEVEL: ["loud", "info"],
  LOG_FORMAT: ["xml"],
  KEY_ROTATION: ["1 hour", "30"],
  ACCESS_TOKEN_TTL: ["1 day", "29 seconds"]
}

/** Their values are nobody's to read, a log's neither. */
const secrets = ["BETTER_AUTH_SECRET", "DATABASE_URL", "DATABASE_URL_UNPOOLED", "SMTP_URL"]

const required = { BETTER_AUTH_SECRET: "x".repeat(32), MAIL_FROM: "todo <todo@example.com>" }

/** The settings that this environment has, or why they are none. */
const settings = (env: Record<string, string>) =>
  AppConfig.pipe(
    Effect.provide(
      AppConfig.layer.pipe(
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { ...required, ...env } })))
      )
    )
  )

describe("settings", () => {
  it("there is a bad value of each", () => {
    assert.sameMembers(Object.keys(bad), [...variableNames])
  })

  for (const [name, values] of Object.entries(bad)) {
    it.effect(`${name} says what it takes, and what it got`, () =>
      Effect.forEach(values, (value) =>
        Effect.gen(function*() {
          const { message } = yield* Effect.flip(settings({ [name]: value }))
          assert.match(message, new RegExp(`^${name}: [^\n]+, not [^\n]+$`))
          const [takes = "", got = ""] = message.split(/, not (?=[^,]*$)/)
          assert.isAbove(takes.length, name.length + 4)
          if (secrets.includes(name)) assert.strictEqual(got, `the ${value.length} characters that it has`)
          // Of a list, the part that is wrong.
          else assert.include(JSON.stringify(value), got.slice(1, -1))
        })))
  }

  it.effect("a long value is shown as far as it is known again by", () =>
    Effect.gen(function*() {
      const { message } = yield* Effect.flip(settings({ PORT: "9".repeat(500) }))
      assert.match(message, /^PORT: a number from 0 to 65535, not "9{80}…"$/)
    }))

  it.effect("one that is empty is as if it were absent", () =>
    Effect.gen(function*() {
      const nothing = yield* settings(Object.fromEntries(Object.keys(required).map((name) => [name, ""])))
      assert.deepStrictEqual(yield* settings(Object.fromEntries(variableNames.map((name) => [name, ""]))), nothing)
    }))

  it.effect("what they take is taken", () =>
    Effect.gen(function*() {
      const taken = yield* settings({
        PORT: " 8080 ",
        HOST: "::1",
        PUBLIC_URL: "HTTPS://Todo.example.com:443",
        CORS_ORIGINS: "https://a.example.com, http://localhost:5173",
        TRUSTED_PROXIES: "10.0.0.0/8,fd00::/8",
        MAIL_FROM: "\"To do, of ours\" <todo@example.com>",
        SMTP_URL: "smtps://user:pass@mail.example.com",
        KEY_ROTATION: "1 day",
        ANSWER_BUDGET: "1 MiB"
      })
      assert.deepInclude(taken, {
        port: 8080,
        host: "::1",
        publicUrl: "https://todo.example.com",
        corsOrigins: ["https://a.example.com", "http://localhost:5173"],
        trustedProxies: ["10.0.0.0/8", "fd00::/8"],
        verifiesEmail: true
      })
    }))
})
