import { assert, layer } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import type { AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"
import { assertProblem, origin, sendJson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

interface Envelope {
  readonly user: string | undefined
  readonly from: string
  readonly to: ReadonlyArray<string>
  readonly message: string
}

/**
 * A mail server of the test's own, which refuses the first try of each mail to `patience@`, all mail to
 * `refused.example`, for now all to `greylist.example`, and is slow where mail is for somebody below `slow.example`.
 */
class MailServer extends Context.Service<MailServer, {
  readonly url: string
  /** The recipients, one for each try. */
  readonly tries: ReadonlyArray<string>
  readonly received: ReadonlyArray<Envelope>
}>()("todo/api/test/MailServer") {
  static readonly layer = Layer.effect(
    MailServer,
    Effect.gen(function*() {
      const received: Array<Envelope> = []
      const tries: Array<string> = []
      const server = new SMTPServer({
        authOptional: false,
        allowInsecureAuth: true,
        hideSTARTTLS: true,
        closeTimeout: 100,
        onAuth: ({ password, username }, _session, done) =>
          done(password === "mail password" ? null : new Error("refused"), { user: username }),
        onRcptTo: ({ address }, _session, done) => {
          const isFirst = address.startsWith("patience-") && !tries.includes(address)
          tries.push(address)
          const refuse = (responseCode: number) => done(Object.assign(new Error("refused"), { responseCode }))
          if (address.endsWith("@refused.example")) refuse(550)
          else if (isFirst || address.endsWith("@greylist.example")) refuse(451)
          else if (address.endsWith(".slow.example")) setTimeout(() => refuse(451), 15_000).unref()
          else done()
        },
        onData: (stream, { envelope, user }, done) => {
          let message = ""
          stream.on("data", (chunk: Buffer) => message += chunk.toString()).on("end", () => {
            received.push({
              user: user?.toString(),
              from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
              to: envelope.rcptTo.map(({ address }) => address),
              message
            })
            done()
          })
        }
      })
      yield* Effect.acquireRelease(
        Effect.promise(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))),
        () => Effect.promise(() => new Promise<void>((resolve) => server.close(() => resolve())))
      )
      const { port } = server.server.address() as AddressInfo
      return MailServer.of({ url: `smtp://todo:mail%20password@127.0.0.1:${port}`, received, tries })
    })
  )
}

const service = Layer.unwrap(Effect.map(
  MailServer,
  ({ url }) => TestService.layerWith({ SMTP_URL: url, MAIL_FROM: "todo <todo@example.com>" })
)).pipe(Layer.provideMerge(MailServer.layer))

layer(service, { excludeTestServices: true })("with a mail server", (it) => {
  const signUp = (email: string) =>
    sendJson("POST", "/api/auth/sign-up/email", { name: "Pat", email, password: "correct horse battery" }, origin)
  const messageTo = (address: string) =>
    Effect.gen(function*() {
      const { received } = yield* MailServer
      for (let attempt = 0; attempt < 800; attempt++) {
        const found = received.find(({ to }) => to.includes(address))
        if (found !== undefined) return found
        yield* Effect.sleep("25 millis")
      }
      return assert.fail("No mail has come")
    })

  it.effect("who signs up gets a mail whose link confirms the address, and cannot sign in before", () =>
    Effect.gen(function*() {
      const email = `pat-${crypto.randomUUID()}@example.com`
      assert.strictEqual((yield* signUp(email)).body.token, null)
      const { from, message, to, user } = yield* messageTo(email)
      assert.deepStrictEqual([user, from, to], ["todo", "todo@example.com", [email]])
      assert.match(message, /^From: todo <todo@example.com>$/mi)
      const text = message.replaceAll(/=\r\n/g, "").replaceAll("=3D", "=")
      const token = /verify-email\?token=([\w.-]+)/.exec(text)![1]!
      const body = { email, password: "correct horse battery" }
      assertProblem(yield* sendJson("POST", "/api/auth/sign-in/email", body, origin), 401, "INVALID_EMAIL_OR_PASSWORD")
      assert.strictEqual((yield* sendJson("POST", "/api/auth/verify-email", { token }, origin)).status, 200)
      assert.strictEqual((yield* sendJson("POST", "/api/auth/sign-in/email", body, origin)).status, 200)
    }))

  it.effect("a mail that the server does not take now is sent again", () =>
    Effect.gen(function*() {
      const email = `patience-${crypto.randomUUID()}@example.com`
      yield* signUp(email)
      assert.deepStrictEqual((yield* messageTo(email)).to, [email])
    }))

  const signUpMany = (domainOf: (index: number) => string) =>
    Effect.forEach(
      Array.from({ length: 8 }, (_, index) => `${crypto.randomUUID()}@${domainOf(index)}`),
      (email) => Effect.as(signUp(email), email)
    )
  const assertComes = Effect.gen(function*() {
    const email = `pat-${crypto.randomUUID()}@example.com`
    yield* signUp(email)
    assert.deepStrictEqual((yield* messageTo(email)).to, [email])
  })

  it.effect("recipients whom the server refuses are tried once, and hold up no other mail", () =>
    Effect.gen(function*() {
      const refused = yield* signUpMany(() => "refused.example")
      yield* assertComes
      // By the time that one comes which was refused for now, they would have been tried again.
      const email = `patience-${crypto.randomUUID()}@example.com`
      yield* signUp(email)
      yield* messageTo(email)
      const { tries } = yield* MailServer
      for (const address of refused) assert.lengthOf(tries.filter((one) => one === address), 1)
    }))

  it.effect("recipients whom the server never takes now hold up no other mail", () =>
    Effect.gen(function*() {
      yield* signUpMany(() => "greylist.example")
      yield* assertComes
    }))

  it.effect("a domain for which the server is slow holds up no other mail, nor do names below it", () =>
    Effect.gen(function*() {
      yield* signUpMany((index) => `of-${index}.slow.example`)
      yield* assertComes
    }))

  it.effect("an address that looks like two is one", () =>
    Effect.gen(function*() {
      const victim = `victim-${crypto.randomUUID()}@example.com`
      for (const email of [`a@example.com,${victim}`, `${victim} <a@example.com>`, `a@example.com\r\nBcc: ${victim}`]) {
        assert.include([400, 422], (yield* signUp(email)).status)
      }
      const { received } = yield* MailServer
      assert.isFalse(received.some(({ message }) => message.includes(victim)))
    }))
})
