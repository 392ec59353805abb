import { Effect } from "effect"
import { randomUUID } from "node:crypto"
import { mkdir, writeFile } from "node:fs/promises"
import { join, resolve } from "node:path"
import type { MailSettings } from "../Config.ts"
import { type Deliver, MailFailed } from "./Mailer.ts"

/**
 * Puts mail into files, where there is no mail server: who runs the service
 * can finish what a mail is needed for. The log says only where a mail is, for
 * what is in it signs people in; a terminal shows it whole.
 */
export const makeMailFolder =
  ({ directory }: Extract<MailSettings, { kind: "files" }>): Deliver => ({ subject, text, to }) =>
    Effect.gen(function*() {
      const time = new Date().toISOString().replaceAll(/[:.]/g, "-")
      const path = join(resolve(directory), `${time}-${randomUUID().slice(0, 8)}.txt`)
      const message = `To: ${to}\nSubject: ${subject}\n\n${text}`
      yield* Effect.tryPromise({
        try: async () => {
          await mkdir(directory, { recursive: true, mode: 0o700 })
          await writeFile(path, message, { mode: 0o600 })
        },
        catch: (cause) => new MailFailed({ message: `Cannot write ${path}: ${(cause as NodeJS.ErrnoException).code}` })
      })
      yield* Effect.logInfo(`A mail waits in ${path}: ${subject}`)
      if (process.stdout.isTTY) process.stdout.write(`\n${message.replaceAll(/^/gm, "  | ")}\n\n`)
    })
