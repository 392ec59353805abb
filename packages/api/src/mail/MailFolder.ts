import { Effect, FileSystem, Path } from "effect"
import { randomUUID } from "node:crypto"
import type { MailSettings } from "../Config.ts"
import { folderMaker } from "../MakeFolder.ts"
import { keepPrivate } from "../PrivateFolder.ts"
import { type Deliver, MailFailed } from "./Mail.ts"

/**
 * Puts mail into files, where there is no mail server: who runs the service
 * can finish what a mail is needed for. The log says only where a mail is, for
 * what is in it signs people in; a terminal shows it whole.
 */
export const makeMailFolder = Effect.fnUntraced(
  function*(settings: Extract<MailSettings, { kind: "files" }>) {
    const files = yield* FileSystem.FileSystem
    const paths = yield* Path.Path
    const makeFolder = yield* folderMaker
    const directory = paths.resolve(settings.directory)
    // One that is there before the first mail is looked at now, when somebody reads why the service does not start.
    if (yield* Effect.orElseSucceed(files.exists(directory), () => false)) {
      yield* keepPrivate({ name: "The mail folder", path: directory, isOwn: (name) => name.endsWith(".txt") })
    }

    const deliver: Deliver = ({ subject, text, to }) =>
      Effect.gen(function*() {
        const time = new Date().toISOString().replaceAll(/[:.]/g, "-")
        const path = paths.join(directory, `${time}-${randomUUID().slice(0, 8)}.txt`)
        const message = `To: ${to}\nSubject: ${subject}\n\n${text}`
        yield* makeFolder(directory).pipe(
          Effect.andThen(files.writeFileString(path, message, { mode: 0o600 })),
          Effect.mapError(({ reason }) =>
            new MailFailed({ message: `Cannot write ${path}: ${reason._tag}`, isPermanent: false })
          )
        )
        yield* Effect.logInfo(`A mail waits in ${path}: ${subject}`)
        if (process.stdout.isTTY) process.stdout.write(`\n${message.replaceAll(/^/gm, "  | ")}\n\n`)
      })
    return deliver
  }
)
