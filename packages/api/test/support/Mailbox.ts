import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/** The codes of mails that services put into the folder of their data, by whom they are for and what they are about. */
export class Mailbox {
  private readonly folder: string

  constructor(dataDirectory: string) {
    this.folder = join(dataDirectory, "mail")
  }

  private async codes(address: string, subject: string): Promise<ReadonlyArray<string>> {
    const files = await readdir(this.folder).catch(() => [])
    const mails = await Promise.all(files.toSorted().map((file) => readFile(join(this.folder, file), "utf8")))
    return mails
      .filter((mail) => mail.startsWith(`To: ${address}\nSubject: ${subject}\n`))
      .flatMap((mail) => /with this code:\n\n(\S+)$/m.exec(mail)?.[1] ?? [])
  }

  /** The code of the mail that `ask` has written: it goes out in the background. */
  async codeOf(address: string, subject: string, ask: () => Promise<unknown>): Promise<string> {
    const before = (await this.codes(address, subject)).length
    await ask()
    for (;;) {
      const codes = await this.codes(address, subject)
      if (codes.length > before) return codes.at(-1)!
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
