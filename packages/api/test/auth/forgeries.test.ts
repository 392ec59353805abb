import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { KeyObject } from "node:crypto"
import { createServer } from "node:http"
import { connect } from "node:net"
import { assertProblem, bearer, newPerson, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"
import { claimsOf, signingKey } from "../support/tokens.ts"
import { claimForgeries } from "./forgeries/claims.ts"
import { type Forgery, type Material, signed, withClaims, withHeader } from "./forgeries/Forgery.ts"
import { headerForgeries } from "./forgeries/headers.ts"
import { signatureForgeries, spellingForgeries } from "./forgeries/signatures.ts"

/** Somebody who counts the requests that come in. */
const listening = Effect.acquireRelease(
  Effect.promise(() =>
    new Promise<{ readonly url: string; readonly seen: Array<string>; readonly close: () => void }>((resolve) => {
      const seen: Array<string> = []
      const server = createServer((request, response) => {
        seen.push(request.url!)
        response.end("{\"keys\":[]}")
      }).listen(0, "127.0.0.1", () => {
        const address = server.address()
        const port = typeof address === "object" && address !== null ? address.port : 0
        resolve({ url: `http://127.0.0.1:${port}`, seen, close: () => server.close() })
      })
    })
  ),
  ({ close }) => Effect.sync(close)
)

const materialFor = Effect.fnUntraced(function*(listener: string) {
  const pat = yield* newPerson
  const victim = yield* newPerson
  const { kid, privateKey } = yield* signingKey
  return {
    good: pat.jwt,
    claims: { ...claimsOf(pat.jwt) },
    kid,
    privateKey: KeyObject.from(privateKey as Parameters<typeof KeyObject.from>[0]),
    victim: { sub: victim.id, sid: claimsOf(victim.jwt).sid },
    listener
  }
})

suite("a forged token", (it) => {
  const ask = (token: string) => send("/api/v1/tasks", { headers: bearer(token) })

  it.effect("opens the door where nothing is wrong with it: those below differ in one thing each", () =>
    Effect.gen(function*() {
      const material = yield* materialFor("")
      const right: ReadonlyArray<(material: Material) => string> = [
        ({ good }) => good,
        withClaims({}),
        withHeader({ typ: "JWT" }),
        withHeader({ typ: "jwt" }),
        // One of several audiences is this service (RFC 7519, 4.1.3).
        withClaims({ aud: ["http://else.test", "http://todo.test/api/v1"] })
      ]
      for (const make of right) assert.strictEqual((yield* ask(make(material))).status, 200)
    }))

  const refused = (forgeries: ReadonlyArray<Forgery>) =>
    Effect.gen(function*() {
      const { seen, url } = yield* listening
      const material = yield* materialFor(url)
      // From here on the good token is remembered; the forged ones must not be taken for it.
      assert.strictEqual((yield* ask(material.good)).status, 200)
      const wrong: Array<string> = []
      for (const [name, make] of forgeries) {
        const answer = yield* ask(make(material))
        if (answer.status !== 401) {
          wrong.push(`${answer.status} for ${name}`)
          continue
        }
        assertProblem(answer, 401, "token_invalid")
        assert.include(answer.headers.get("www-authenticate")!, "error=\"invalid_token\"")
      }
      assert.deepStrictEqual(wrong, [])
      assert.deepStrictEqual(seen, [])
    })

  it.effect("is refused for its claims", () => refused(claimForgeries))
  it.effect("is refused for its header, and no address in it is asked for anything", () => refused(headerForgeries))
  it.effect("is refused for its signature", () => refused(signatureForgeries))
  it.effect("is refused in any spelling but its own", () => refused(spellingForgeries))

  it.effect("names whom it names last, where it names two: as whoever signed it meant it (RFC 7519, 4)", () =>
    Effect.gen(function*() {
      const material = yield* materialFor("")
      const claims = `{"sub":"${material.victim.sub}",${JSON.stringify(material.claims).slice(1)}`
      const token = signed({ alg: "EdDSA", kid: material.kid }, claims, material.privateKey)
      const me = yield* send("/api/v1/me", { headers: bearer(token) })
      assert.strictEqual(me.status, 200)
      assert.strictEqual(me.body.id, material.claims["sub"])
    }))

  it.effect("is answered 431 where it is longer than all headers may be, up to a megabyte", () =>
    Effect.gen(function*() {
      const { url } = yield* TestService
      for (const length of [17_000, 1_000_000]) {
        const answer = yield* Effect.promise(() =>
          new Promise<string>((resolve) => {
            let text = ""
            const socket = connect(Number(new URL(url).port), "127.0.0.1", () => {
              socket.write(
                `GET /api/v1/tasks HTTP/1.1\r\nHost: todo\r\nAuthorization: Bearer ${"x".repeat(length)}\r\n\r\n`
              )
            })
            socket.on("data", (chunk) => text += chunk.toString()).on("error", () => {}).on(
              "close",
              () => resolve(text)
            )
          })
        )
        assert.match(answer, /^HTTP\/1\.1 431 /)
        assert.include(answer, "\"code\":\"headers_too_large\"")
      }
    }))
})
