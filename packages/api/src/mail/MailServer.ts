import { Effect, Redacted } from "effect"
import { createTransport } from "nodemailer"
import type { MailSettings } from "../Config.ts"
import { type Deliver, MailFailed } from "./Mail.ts"

/** Hands mail to the server of `SMTP_URL`, over a few connections that it keeps. */
export const makeMailServer = Effect.fn("makeMailServer")(
  function*({ from, url }: Extract<MailSettings, { kind: "smtp" }>) {
    const transport = yield* Effect.acquireRelease(
      Effect.sync(() =>
        createTransport({
          url: Redacted.value(url),
          pool: true,
          maxConnections: 4,
          connectionTimeout: 10_000,
          greetingTimeout: 10_000,
          socketTimeout: 20_000,
          // A mail is text of ours; nothing in it is to be fetched.
          disableFileAccess: true,
          disableUrlAccess: true
        })
      ),
      (open) => Effect.sync(() => open.close())
    )
    const deliver: Deliver = ({ subject, text, to }) =>
      Effect.tryPromise({
        // The address as an object: as text, what stands in front of the @ could name several.
        try: () => transport.sendMail({ from, to: { name: "", address: to }, subject, text }),
        catch: refusalOf
      }).pipe(Effect.asVoid)
    return deliver
  }
)

/** Names nodemailer's and SMTP's codes only: what the server said may repeat the address. 5xx is for good (RFC 5321, 4.2.1). */
const refusalOf = (cause: unknown) => {
  const { code = "unknown", responseCode } = cause as { code?: string; responseCode?: number }
  return new MailFailed({
    message: `The mail server does not take it: ${code} ${responseCode ?? ""}`.trim(),
    isPermanent: responseCode !== undefined && responseCode >= 500
  })
}
