import { assert, describe, it } from "@effect/vitest"
import { connect } from "node:net"
import { inject } from "vitest"
import { usedDataDirectory } from "../support/preparedData.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

describe("SIGTERM", () => {
  for (const database of ["embedded", "PostgreSQL 18"]) {
    it(`cuts no request that has begun: ${database}`, async () => {
      const service = await ServiceProcess.start(
        database === "embedded"
          ? { TODO_DATA_DIR: usedDataDirectory() }
          : { DATABASE_URL: inject("postgresUrl"), BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }
      )
      const client = await new Client(service.url).signUp()
      // A request whose body arrives in two parts, before and after the signal.
      const body = JSON.stringify({ title: "Slow but sure" })
      const socket = connect(Number(new URL(service.url).port), "127.0.0.1")
      let answer = ""
      const answered = new Promise<void>((resolve) =>
        socket.on("data", (chunk) => answer += chunk.toString()).once("close", () => resolve())
      )
      socket.write(
        `POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${client.jwt}\r\n`
          + `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`
      )
      await new Promise((resolve) => setTimeout(resolve, 200))
      const ended = service.stop("SIGTERM")
      await new Promise((resolve) => setTimeout(resolve, 200))
      // It takes no new request meanwhile.
      assert.isUndefined(await fetch(`${service.url}/health/live`).catch(() => undefined))
      socket.write(body.slice(5))
      await answered
      assert.match(answer, /^HTTP\/1\.1 201 /)
      assert.strictEqual(await ended, 0)
      assert.notInclude(service.stderr, "ERROR")
    })
  }
})
