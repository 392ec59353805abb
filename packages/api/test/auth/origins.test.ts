import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { rawRequestWith } from "../support/rawRequest.ts"
import { assertProblem, bearer, newPerson, origin, send, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"

suite("with a PUBLIC_URL elsewhere", (it) => {
  it.effect("no origin is the service's own for being what Host names", () =>
    Effect.gen(function*() {
      const { url } = yield* TestService
      const { email, password, session } = yield* newPerson
      for (const host of ["evil.example", new URL(url).host]) {
        const answer = yield* rawRequestWith(
          JSON.stringify({ email, password }),
          "POST /api/auth/sign-in/email HTTP/1.1",
          `Host: ${host}`,
          `Origin: http://${host}`,
          "Content-Type: application/json"
        )
        assert.include([403, 421], answer.status, host)
      }
      const headers = { ...bearer(session), origin: url }
      assertProblem(
        yield* sendJson("POST", "/api/auth/update-user", { name: "Eve" }, headers),
        403,
        "origin_not_allowed"
      )
      // Nor may a mail lead there.
      const reset = yield* sendJson(
        "POST",
        "/api/auth/request-password-reset",
        { email, redirectTo: `${url}/x` },
        origin
      )
      assert.strictEqual(reset.status, 403)
    }))
})

layer(TestService.localLayer, { excludeTestServices: true })("with a PUBLIC_URL of this machine", (it) => {
  it.effect("its loopback names are one service's, whichever a browser was given", () =>
    Effect.gen(function*() {
      const { url } = yield* TestService
      const { port } = new URL(url)
      const { email, password } = yield* newPerson
      const signIn = (from: string) =>
        sendJson("POST", "/api/auth/sign-in/email", { email, password }, { origin: from })
      const onPage = (from: string) =>
        send("/device", {
          method: "POST",
          headers: { origin: from },
          body: new URLSearchParams({ action: "sign-in", email, password })
        })
      for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
        assert.strictEqual((yield* signIn(`http://${name}:${port}`)).status, 200, name)
        assert.strictEqual((yield* onPage(`http://${name}:${port}`)).status, 303, name)
        for (const other of [`http://${name}:1`, `https://${name}:${port}`, `http://${name}`]) {
          assertProblem(yield* signIn(other), 403, "origin_not_allowed")
          assert.strictEqual((yield* onPage(other)).status, 403, other)
        }
      }
    }))
})
