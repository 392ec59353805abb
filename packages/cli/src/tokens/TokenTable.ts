import type { ScriptToken } from "@todo/domain/tokens/ScriptToken"
import { DateTime } from "effect"
import colors from "picocolors"
import { shortIds } from "../refs/ShortIds.ts"
import { relativeTime, timeUntil } from "../terminal/RelativeTime.ts"
import { renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"

const time = DateTime.toEpochMillis

/**
 * A line for each token: name, scopes, end, last use, id. On a terminal times
 * are relative and ids as short as tells them apart; elsewhere all is exact,
 * and the last use of what was never used is empty.
 */
export const renderTokens = (
  tokens: ReadonlyArray<ScriptToken>,
  { color, columns, now }: TableStyle
): ReadonlyArray<string> => {
  const { dim } = colors.createColors(color)
  const terminal = columns !== undefined
  const ids = tokens.map(({ id }) => id)
  const shown = terminal ? shortIds(ids) : ids
  const lastUse = (at: DateTime.Utc | null) => {
    if (!terminal) return at === null ? "" : DateTime.formatIso(at)
    return at === null ? "never used" : `used ${relativeTime(time(at), now)}`
  }
  return renderTable(tokens, [
    { text: ({ name }) => printable(name), flexible: true },
    { text: ({ scopes }) => printable(scopes.join(",")) },
    {
      text: ({ expiresAt }) => terminal ? `ends ${timeUntil(time(expiresAt), now)}` : DateTime.formatIso(expiresAt)
    },
    { text: ({ lastUsedAt }) => lastUse(lastUsedAt), paint: dim },
    { text: (_token, index) => shown[index] ?? "", paint: dim }
  ], { columns })
}
