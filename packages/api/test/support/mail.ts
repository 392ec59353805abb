import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { TestService } from "./TestService.ts"

/** A mail that somebody has got. */
export interface Received {
  readonly subject: string
  readonly text: string
  /** The link and the code, where the mail brings a secret. */
  readonly link: string
  readonly code: string
}

const parse = (message: string): Received => {
  const [, subject = "", text = ""] = /^To: .*\nSubject: (.*)\n\n([^]*)$/.exec(message) ?? []
  return {
    subject,
    text,
    link: /^https?:\S+$/m.exec(text)?.[0] ?? "",
    code: /with this code:\n\n(\S+)$/m.exec(text)?.[1] ?? ""
  }
}

/** All that an address has got until now, the first first. */
export const mailsTo = (address: string) =>
  Effect.gen(function*() {
    const { mail } = yield* TestService
    return yield* Effect.promise(async () => {
      const files = await readdir(mail).catch(() => [])
      const messages = await Promise.all(files.toSorted().map((file) => readFile(join(mail, file), "utf8")))
      return messages.filter((message) => message.startsWith(`To: ${address}\n`)).map(parse)
    })
  })

/** Waits for the mail with this subject: it goes out in the background. */
export const awaitMail = (address: string, subject: string) =>
  Effect.gen(function*() {
    for (let attempt = 0; attempt < 200; attempt++) {
      const mail = (yield* mailsTo(address)).findLast((received) => received.subject === subject)
      if (mail !== undefined) return mail
      yield* Effect.sleep("25 millis")
    }
    return assert.fail(`No mail "${subject}" has come`)
  })
