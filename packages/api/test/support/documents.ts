import { readFile } from "node:fs/promises"
import { join } from "node:path"

const repository = join(import.meta.dirname, "../../../..")

/** The blocks of code of a language that stand in a section of a document, as they are written. */
export const codeIn = async (document: string, heading: string, language: string): Promise<ReadonlyArray<string>> => {
  const text = await readFile(join(repository, document), "utf8")
  const section = text.split(/^(?=## )/m).find((part) => part.startsWith(`## ${heading}\n`))
  if (section === undefined) throw new Error(`${document} has no section ${heading}`)
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, code]) => code!)
}
