import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** The texts of what an address has been sent, the first first. */
export const mailsTo = (folder: string, address: string): ReadonlyArray<string> =>
  (existsSync(folder) ? readdirSync(folder) : []).toSorted().map((file) => readFileSync(join(folder, file), "utf8"))
    .filter((text) => text.startsWith(`To: ${address}\n`))

/** Waits for the code of the last mail with this subject: it goes out in the background. */
export const codeTo = async (folder: string, address: string, subject: string): Promise<string> => {
  for (const until = Date.now() + 20_000; Date.now() < until;) {
    const mail = mailsTo(folder, address).findLast((text) => text.includes(`\nSubject: ${subject}\n`))
    const [, code] = /with this code:\n\n(\S+)$/m.exec(mail ?? "") ?? []
    if (code !== undefined) return code
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`No mail "${subject}" has come to ${address}`)
}
