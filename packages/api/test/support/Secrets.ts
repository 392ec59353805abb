import { NewTask } from "@todo/domain/tasks/Task"
import { appendFileSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { inject } from "vitest"

/** Shorter values are words that a log may well have for another reason. */
export const minLength = 10

/** A day or an instant, which is no secret: each line of a log has one. */
const moment = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/

const recorded = new Set<string>()

/** Notes values that no log of this run may have (LogSearch.ts looks for them when it ends). */
export const recordSecrets = (...values: ReadonlyArray<string>) => {
  const fresh = values.filter((value) =>
    // A letter again and again is no secret.
    value.length >= minLength && new Set(value).size > 3 && !moment.test(value) && !recorded.has(value)
  )
  if (fresh.length === 0) return
  for (const value of fresh) recorded.add(value)
  const folder = join(inject("scratch"), "secrets")
  mkdirSync(folder, { recursive: true })
  appendFileSync(join(folder, `${process.pid}.jsonl`), fresh.map((value) => `${JSON.stringify(value)}\n`).join(""))
}

/** Members whose values are among a few words of the contract's, or the service's own. */
const chosen = new Set(["scopes", "from", "missed", "exportedAt"])

/** All text in what a client sends is somebody's, but for what is chosen. */
const textsIn = (value: unknown): ReadonlyArray<string> =>
  typeof value === "string"
    ? [value]
    : value instanceof Object
    ? Object.entries(value).flatMap(([key, member]) => chosen.has(key) ? [] : textsIn(member))
    : []

/** The members whose texts are; of a task, those that somebody has written. */
const answered = new Set([
  "token",
  "secret",
  "email",
  "name",
  "device_code",
  "user_code",
  ...Object.keys(NewTask.fields).filter((name) => name !== "id")
])

/** Of an answer, what the user put there, and what opens something. */
const secretsIn = (value: unknown): ReadonlyArray<string> =>
  value instanceof Object
    ? Object.entries(value).flatMap(([key, member]) =>
      typeof member === "string" ? (answered.has(key) ? [member] : []) : secretsIn(member)
    )
    : []

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A token whole, and its parts: none of them is for a log either. */
const credentialsIn = (header: string) => {
  const value = decodeURIComponent(header.replace(/^(bearer|basic)\s+/i, "").replace(/^[^=;]*=([^;]*).*$/, "$1"))
  return [value, ...value.split(".")]
}

const recordRequest = async (request: Request) => {
  for (const name of ["authorization", "cookie"]) {
    for (const credential of (request.headers.get(name) ?? "").split("; ")) recordSecrets(...credentialsIn(credential))
  }
  recordSecrets(...new URL(request.url).searchParams.values())
  const text = await request.text()
  const form = request.headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") === true
  recordSecrets(...form ? new URLSearchParams(text).values() : textsIn(parsed(text)))
}

const recordResponse = async (response: Response) => {
  for (const cookie of response.headers.getSetCookie()) recordSecrets(...credentialsIn(cookie))
  recordSecrets(...credentialsIn(response.headers.get("set-auth-token") ?? ""))
  // A problem has a title of its own, and the parameters of the document have names.
  if (response.ok && !response.url.endsWith("/openapi.json")) recordSecrets(...secretsIn(parsed(await response.text())))
}

let recording = false

/** From now on notes whatever secret a request of this process sends or is answered. */
export const recordRequests = () => {
  if (recording) return
  recording = true
  const send = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    await recordRequest(request.clone())
    const response = await send(request)
    // A stream does not end, and tells what was sent by others.
    if (response.headers.get("content-type") !== "text/event-stream") await recordResponse(response.clone())
    return response
  }
}
