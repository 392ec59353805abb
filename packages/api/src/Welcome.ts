import { Effect, Layer } from "effect"
import { HttpServer } from "effect/http"
import { AppConfig } from "./Config.ts"

/** Says on stdout where the service is and what to type next. */
export const Welcome = Layer.effectDiscard(Effect.gen(function*() {
  const { address } = yield* HttpServer.HttpServer
  const { database, dataDirectory, publicUrl } = yield* AppConfig
  const listening = HttpServer.formatAddress(address)
  const store = database.kind === "embedded"
    ? `embedded PostgreSQL in ${dataDirectory} (set DATABASE_URL for one of your own)`
    : "PostgreSQL at DATABASE_URL"
  yield* Effect.sync(() =>
    process.stdout.write([
      "",
      `  todo is running at ${publicUrl}  (listening on ${listening})`,
      `  documentation       ${publicUrl}/docs`,
      `  tasks are kept in   ${store}`,
      "",
      "  In another terminal:",
      "",
      // Where the program does not look by itself.
      ...(publicUrl === "http://localhost:4000" ? [] : [`    export TODO_API_URL=${publicUrl}`]),
      "    npx todo signup",
      "    npx todo add Buy milk",
      "    npx todo list",
      "",
      "  Ctrl-C stops it.",
      "",
      ""
    ].join("\n"))
  )
}))
