import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { minLength } from "./Secrets.ts"

/** What would be a secret whoever's it is: a JWT, the secret of a token for scripts, a hash of a password. */
const shapes = [
  /eyJ[\w-]{10,}\.eyJ[\w-]{10,}/,
  /todo_[0-9A-Za-z]{36}/,
  /\$argon2\w*\$/
]

const linesOf = async (folder: string) => {
  const lines: Array<{ readonly file: string; readonly number: number; readonly text: string }> = []
  for (const file of await readdir(folder).catch(() => [])) {
    const texts = (await readFile(join(folder, file), "utf8")).split("\n")
    texts.forEach((text, index) => lines.push({ file, number: index + 1, text }))
  }
  return lines
}

/** Values by how they begin, as they are and as JSON writes them. The start of a long one is enough: a log may cut it. */
const index = (secrets: ReadonlyArray<string>) => {
  const byStart = new Map<string, Array<string>>()
  for (const secret of new Set(secrets.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))) {
    const value = secret.slice(0, 100)
    const start = value.slice(0, minLength)
    byStart.set(start, [...(byStart.get(start) ?? []), value])
  }
  return byStart
}

/** Where in a line the first secret begins; -1 where there is none. */
const findSecret = (text: string, byStart: ReturnType<typeof index>) => {
  const places = shapes.map((shape) => text.search(shape)).filter((at) => at >= 0)
  for (let at = 0; at + minLength <= text.length; at++) {
    if (places.includes(at)) return at
    const candidates = byStart.get(text.slice(at, at + minLength)) ?? []
    if (candidates.some((value) => text.startsWith(value, at))) return at
  }
  return -1
}

/**
 * Looks for every secret of the run in every log of the run, by value. Answers
 * each line that has one, up to it, and how much it looked at.
 */
export const searchLogs = async (scratch: string) => {
  const secrets = (await linesOf(join(scratch, "secrets")))
    .filter(({ text }) => text !== "")
    .map(({ text }) => JSON.parse(text) as string)
  const byStart = index(secrets)
  const lines = await linesOf(join(scratch, "logs"))
  const found = lines.flatMap(({ file, number, text }) => {
    const at = findSecret(text, byStart)
    return at < 0 ? [] : [`${file}:${number}: ${text.slice(Math.max(0, at - 300), at)}<here>`]
  })
  return { found, secrets: new Set(secrets).size, lines: lines.length }
}
