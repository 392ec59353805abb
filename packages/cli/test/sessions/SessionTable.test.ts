import { describe, expect, it } from "@effect/vitest"
import type { Session } from "@todo/domain/sessions/Session"
import { SessionId } from "@todo/domain/users/CurrentUser"
import { DateTime } from "effect"
import { stripVTControlCharacters } from "node:util"
import { renderSessions } from "../../src/sessions/SessionTable.ts"

const at = DateTime.makeUnsafe("2026-01-02T03:04:05Z")
const now = DateTime.toEpochMillis(at)
const terminal = { color: false, columns: 80, now }
const elsewhere = { color: false, columns: undefined, now }

const idOf = (name: string) => `0198c0de-7a5c-7000-8000-${name.padStart(12, "0")}`

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
  })
})
