import { describe, expect, it } from "@effect/vitest"
import { type ScriptToken, ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { DateTime } from "effect"
import { renderTokens } from "../../src/tokens/TokenTable.ts"

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

  it("of nothing is nothing", () => {
    expect(renderTokens([], terminal)).toEqual([])
  })
})
