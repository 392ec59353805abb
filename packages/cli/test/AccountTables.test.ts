import { describe, expect, it } from "@effect/vitest"
import type { Session } from "@todo/domain/sessions/Session"
import { type ScriptToken, ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { SessionId } from "@todo/domain/users/CurrentUser"
import { DateTime } from "effect"
import { stripVTControlCharacters } from "node:util"
import { renderSessions } from "../src/SessionTable.ts"
import { renderTokens } from "../src/TokenTable.ts"

const at = DateTime.makeUnsafe("2026-01-02T03:04:05Z")
const now = DateTime.toEpochMillis(at)
const terminal = { color: false, columns: 80, now }
const elsewhere = { color: false, columns: undefined, now }

const idOf = (name: string) => `0198c0de-7a5c-7000-8000-${name.padStart(12, "0")}`

const token = (name: string, fields: Partial<ScriptToken> = {}): ScriptToken => ({
  id: ScriptTokenId.make(idOf("a1")),
  name,
  scopes: ["tasks:read", "tasks:write"],
  createdAt: at,
  expiresAt: DateTime.add(at, { days: 90 }),
  lastUsedAt: null,
  ...fields
})

const session = (fields: Partial<Session> = {}): Session => ({
  id: SessionId.make(idOf("a1")),
  current: false,
  userAgent: "todo/0.1.0",
  ipAddress: "198.51.100.7",
  createdAt: at,
  lastUsedAt: DateTime.subtract(at, { days: 3 }),
  expiresAt: at,
  ...fields
})

describe("the list of tokens", () => {
  const tokens = [
    token("ci"),
    token("report", {
      id: ScriptTokenId.make("0298c0de-7a5c-7000-8000-0000000000b2"),
      scopes: ["tasks:read"],
      expiresAt: DateTime.add(at, { hours: 5 }),
      lastUsedAt: DateTime.subtract(at, { minutes: 2 })
    })
  ]

  it("is short on a terminal", () => {
    expect(renderTokens(tokens, terminal)).toEqual([
      "ci      tasks:read,tasks:write  ends in 90d  never used   0198c0de",
      "report  tasks:read              ends in 5h   used 2m ago  0298c0de"
    ])
  })

  it("is exact elsewhere", () => {
    expect(renderTokens(tokens, elsewhere)).toEqual([
      "ci\ttasks:read,tasks:write\t2026-04-02T03:04:05.000Z\t\t0198c0de-7a5c-7000-8000-0000000000a1",
      "report\ttasks:read\t2026-01-02T08:04:05.000Z\t2026-01-02T03:02:05.000Z\t0298c0de-7a5c-7000-8000-0000000000b2"
    ])
  })

  it("cuts a name to fit, and shows as symbols what would act upon the terminal", () => {
    const other = ScriptTokenId.make("0298c0de-7a5c-7000-8000-0000000000b2")
    const tokens = [token("x".repeat(100)), token("\u001b[2J\n\u202e", { id: other })]
    expect(renderTokens(tokens, { ...terminal, columns: 70 })).toEqual([
      "xxxxxxxxxx…  tasks:read,tasks:write  ends in 90d  never used  0198c0de",
      "␛[2J␊\ufffd       tasks:read,tasks:write  ends in 90d  never used  0298c0de"
    ])
  })
})

describe("the list of sessions", () => {
  const sessions = [
    session({ current: true, lastUsedAt: at }),
    session({ id: SessionId.make(idOf("b2")), userAgent: "Mozilla/5.0", ipAddress: null }),
    session({ id: SessionId.make(idOf("c3")), userAgent: null })
  ]

  it("marks this one", () => {
    expect(renderSessions(sessions, { ...terminal, columns: 120 })).toEqual([
      `this one  todo/0.1.0       198.51.100.7     used now     ${idOf("a1").slice(0, -1)}`,
      `          Mozilla/5.0      unknown address  used 3d ago  ${idOf("b2").slice(0, -1)}`,
      `          unknown program  198.51.100.7     used 3d ago  ${idOf("c3").slice(0, -1)}`
    ])
  })

  it("is exact elsewhere", () => {
    expect(renderSessions(sessions, elsewhere)).toEqual([
      `current\ttodo/0.1.0\t198.51.100.7\t2026-01-02T03:04:05.000Z\t${idOf("a1")}`,
      `\tMozilla/5.0\t\t2025-12-30T03:04:05.000Z\t${idOf("b2")}`,
      `\t\t198.51.100.7\t2025-12-30T03:04:05.000Z\t${idOf("c3")}`
    ])
  })

  it("shows as symbols what would act upon the terminal", () => {
    const [line] = renderSessions([session({ userAgent: "\u001b]0;x\u0007\u202e", ipAddress: "\u009b" })], terminal)
    expect(line).toBe("␛]0;x␇\ufffd  \ufffd  used 3d ago  0198c0de")
  })

  it("has colors only when it may", () => {
    const [colored = ""] = renderSessions(sessions, { ...terminal, color: true })
    const [plain] = renderSessions(sessions, terminal)
    expect(colored).not.toBe(plain)
    expect(stripVTControlCharacters(colored)).toBe(plain)
  })

  it("of nothing is nothing", () => {
    expect(renderSessions([], terminal)).toEqual([])
    expect(renderTokens([], terminal)).toEqual([])
  })
})
