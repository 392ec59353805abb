import { Effect, Layer } from "effect"
import { HttpServer } from "effect/http"
import { AppConfig } from "./Config.ts"
import { isOnPath } from "./TerminalProgram.ts"
import { version } from "./Version.ts"

/** Says on stdout where the service is and what to type next; and, once it has stopped well, where the tasks are. */
export const Welcome = Layer.effectDiscard(Effect.gen(function*() {
  const { address } = yield* HttpServer.HttpServer
  const { database, dataDirectory, publicUrl } = yield* AppConfig
  const listening = HttpServer.formatAddress(address)
  const store = database.kind === "embedded"
    ? `embedded PostgreSQL in ${dataDirectory} (set DATABASE_URL for one of your own)`
    : "PostgreSQL at DATABASE_URL"
  yield* Effect.sync(() => {
    process.stdout.write([
      "",
      `  todo is running at ${publicUrl}  (listening on ${listening})`,
      `  documentation       ${publicUrl}/docs`,
      `  tasks are kept in   ${store}`,
      "",
      "  In another terminal:",
      "",
      ...(isOnPath(version, process.env["PATH"] ?? "")
        ? []
        : ["    npm run install-cli          (in this folder, once: it puts todo on your PATH)"]),
      // Where the program does not look by itself.
      ...(publicUrl === "http://localhost:4000" ? [] : [`    export TODO_API_URL=${publicUrl}`]),
      "    todo signup",
      "    todo add Buy milk",
      "    todo list",
      "",
      "  Ctrl-C stops it.",
      "",
      ""
    ].join("\n"))
    process.once("exit", (code) => {
      const kept = database.kind === "embedded" ? ` Your tasks are in ${dataDirectory}.` : ""
      if (code === 0) process.stdout.write(`\nStopped.${kept}\n`)
    })
  })
}))
