import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { createHash } from "node:crypto"
import { newDevice, poll } from "../support/devices.ts"
import { newPerson, send, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin, publicUrl, TestService } from "../support/TestService.ts"
import { Visitor } from "../support/Visitor.ts"

suite("the forms of the pages", (it) => {
  it.effect("are taken from the service's own pages alone", () =>
    Effect.gen(function*() {
      const { email, password } = yield* newPerson
      const browser = new Visitor()
      yield* browser.signIn({ email, password })
      const device = yield* newDevice()
      const path = `/device?user_code=${device.userCode}`
      const foreign = [undefined, "null", "", allowedOrigin, "http://evil.test", `${publicUrl}.evil.test`]
      for (const action of ["approve", "deny", "sign-out", "sign-in"]) {
        for (const origin of foreign) {
          const refused = yield* browser.post(path, { action, email, password }, { origin })
          assert.strictEqual(refused.status, 403, `${action} from ${origin}`)
          assert.include(refused.text, "<h1>This form came from elsewhere</h1>")
          assert.deepStrictEqual(refused.headers.getSetCookie(), [])
        }
      }
      assert.strictEqual((yield* poll(device)).body.error, "authorization_pending")
      // By the name it was configured with, too.
      assert.strictEqual((yield* browser.post(path, { action: "approve" }, { origin: publicUrl })).status, 303)
    }))

  it.effect("are refused when they ask for nothing, are no text, or are too long", () =>
    Effect.gen(function*() {
      const browser = new Visitor()
      const refused = [
        [400, yield* browser.post("/device", {})],
        [400, yield* browser.post("/device", { action: "erase" })],
        [413, yield* browser.post("/device", { action: "x".repeat(1_048_577) })],
        [415, yield* browser.post("/device", { action: "deny" }, { "content-encoding": "gzip" })],
        [
          415,
          yield* browser.post("/device", { action: "deny" }, {
            "content-type": "application/x-www-form-urlencoded; charset=utf-16"
          })
        ]
      ] as const
      for (const [status, answer] of refused) {
        assert.strictEqual(answer.status, status)
        assert.match(answer.headers.get("content-type")!, /^text\/html/)
      }
    }))

  it.effect("escape what somebody else has written", () =>
    Effect.gen(function*() {
      const hostile = "\"><script>alert('&')</script>"
      const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;"
      const browser = new Visitor()
      const failed = yield* browser.post("/device", { action: "sign-in", email: hostile, password: "x" })
      assert.include(failed.text, `value="${escaped}"`)
      const path = `/device?user_code=${encodeURIComponent(hostile)}`
      const pages = [failed, yield* browser.get(path)]
      yield* browser.signIn(yield* newPerson)
      pages.push(yield* browser.get(path))
      assert.include(pages[2]!.text, `value="${escaped}"`)
      for (const { text } of pages) assert.notInclude(text, "<script")
    }))

  it.effect("stand on pages that load nothing, in no frame, and that tell no other site of themselves", () =>
    Effect.gen(function*() {
      const browser = new Visitor()
      const answers = [
        yield* browser.get("/device"),
        yield* browser.get("/device/approved"),
        yield* browser.post("/device", {}, { origin: "null" })
      ]
      for (const { headers, text } of answers) {
        const style = /<style>([^]*)<\/style>/.exec(text)![1]!
        assert.deepStrictEqual(headers.get("content-security-policy")!.split("; "), [
          "default-src 'none'",
          `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
          "img-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'"
        ])
        assert.strictEqual(headers.get("x-frame-options"), "DENY")
        assert.strictEqual(headers.get("referrer-policy"), "same-origin")
        assert.notMatch(text, / style=|<script| on[a-z]+=/)
      }
    }))

  it.effect("say which methods there are", () =>
    Effect.gen(function*() {
      const browser = new Visitor()
      assert.strictEqual((yield* browser.post("/device/approved", {})).headers.get("allow"), "GET, HEAD, OPTIONS")
    }))
})

layer(TestService.layerWith({ PUBLIC_URL: "https://todo.test" }), { excludeTestServices: true })(
  "behind https",
  (it) => {
    it.effect("the sign-in of a page goes over https alone", () =>
      Effect.gen(function*() {
        const browser = new Visitor({ origin: "https://todo.test" })
        const cookies = (yield* browser.signIn(yield* newPerson)).headers.getSetCookie()
        assert.lengthOf(cookies, 2)
        for (const cookie of cookies) {
          assert.match(cookie, /^__Host-better-auth\..*; Path=\/.*; Secure/)
          assert.notMatch(cookie, /domain=/i)
        }
        const change = { currentPassword: "correct horse battery", newPassword: "another horse, another battery" }
        const changed = yield* sendJson("POST", "/api/auth/change-password", change, {
          origin: "https://todo.test",
          cookie: browser.cookies
        })
        assert.strictEqual(changed.status, 200, changed.text)
        assert.match(changed.headers.getSetCookie()[0]!, /^__Host-better-auth\.session_token=.*; Secure/)
        const [again] = changed.headers.getSetCookie()
        const headers = { cookie: again!.split(";", 1)[0]! }
        assert.strictEqual((yield* send("/api/auth/token", { headers })).status, 200)
      }))
  }
)
