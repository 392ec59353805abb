import { createHash } from "node:crypto"
import { readdirSync, rmSync, statSync, utimesSync } from "node:fs"
import { dirname, join } from "node:path"
import { absolute, configDirectoryOf, home } from "../client/ConfigDirectory.ts"
import { peekPrivateFile, readPrivateFile } from "../client/PrivateFile.ts"
import { type CachedValues, cachedValuesFrom } from "./CachedValues.ts"

type Environment = Readonly<Record<string, string | undefined>>

/** Where what is completed is kept: among the user's caches, or below `TODO_CONFIG_DIR`. */
export const cacheDirectoryOf = (env: Environment): string => {
  if (env.TODO_CONFIG_DIR) return join(env.TODO_CONFIG_DIR, "completion")
  if (process.platform === "win32") return join(configDirectoryOf(env), "..", "Cache", "completion")
  return join(absolute(env.XDG_CACHE_HOME) ?? join(home(), ".cache"), "todo", "completion")
}

/** Which account of which service is meant. */
export interface Completed {
  readonly apiUrl: string
  /** The e-mail address of the account, or how somebody calls it; undefined for that in use. */
  readonly account: string | undefined
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const emailOf = (entry: unknown): string | undefined =>
  isRecord(entry) && isRecord(entry.user) && typeof entry.user.email === "string"
    ? entry.user.email.toLowerCase()
    : undefined

/** Who that is at a service, as the credentials say that are stored (`StoredAccounts`); undefined for nobody. */
const storedAccount = (env: Environment, { account, apiUrl }: Completed): string | undefined => {
  const text = peekPrivateFile(join(configDirectoryOf(env), "credentials.json"))
  const entries: unknown = text === undefined ? undefined : JSON.parse(text)
  if (!isRecord(entries)) return undefined
  const here = Object.entries(entries).filter(([key]) => key === apiUrl || key.startsWith(`${apiUrl}#`))
  const emails = here.flatMap(([, entry]) => emailOf(entry) ?? [])
  const called = account?.toLowerCase()
  if (called !== undefined) return emails.find((email) => called === email || called.startsWith(`${email}@`))
  const inUse = here.find(([key]) => key === apiUrl)
  return inUse === undefined ? emails.length === 1 ? emails[0] : undefined : emailOf(inUse[1])
}

/** The file of an account at a service; undefined where nobody is signed in. */
export const cacheFileOf = (env: Environment, completed: Completed): string | undefined => {
  try {
    const token = env.TODO_TOKEN?.trim()
    const account = token ? `token ${token}` : storedAccount(env, completed)
    if (account === undefined) return undefined
    const name = createHash("sha256").update(`${completed.apiUrl}\n${account}`).digest("hex").slice(0, 32)
    return join(cacheDirectoryOf(env), `${name}.json`)
  } catch {
    return undefined
  }
}

/** What is kept in such a file; nothing where it cannot be used. */
export const readCache = (file: string): CachedValues | undefined => {
  try {
    const found = readPrivateFile(file)
    return found === undefined ? undefined : cachedValuesFrom(JSON.parse(found.text))
  } catch {
    return undefined
  }
}

/** How long ago a file was written, in milliseconds; for ever where there is none. */
export const ageOf = (file: string): number => {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return written === undefined ? Infinity : Math.abs(Date.now() - written)
}

const longMillis = 30 * 24 * 60 * 60 * 1000

/** Takes away what has been kept for long of accounts that nobody uses here any more. */
export const pruneBeside = (file: string): void => {
  const folder = dirname(file)
  for (const name of readdirSync(folder)) {
    // The time of the last change of any kind: what counts as old has been given another.
    const changed = statSync(join(folder, name), { throwIfNoEntry: false })?.ctimeMs ?? Infinity
    if (Date.now() - changed > longMillis) rmSync(join(folder, name), { force: true })
  }
}

/** Has what is kept count as old, where something is kept. Answers whether it is. */
export const outdate = (file: string): boolean => {
  try {
    utimesSync(file, 0, 0)
    return true
  } catch {
    return false
  }
}
