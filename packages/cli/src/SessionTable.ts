import type { Session } from "@todo/domain/sessions/Session"
import { DateTime } from "effect"
import colors from "picocolors"
import { shortIds } from "./Ids.ts"
import { relativeTime } from "./RelativeTime.ts"
import { renderTable, type TableStyle } from "./Table.ts"
import { printable } from "./TerminalText.ts"

/** The program that signed in, as it named itself. */
export const programOf = ({ userAgent }: Session): string => printable(userAgent ?? "unknown program")

/**
 * A line for each session: whether it is this one, program, address, last use,
 * id. On a terminal times are relative and ids as short as tells them apart;
 * elsewhere all is exact.
 */
export const renderSessions = (
  sessions: ReadonlyArray<Session>,
  { color, columns, now }: TableStyle
): ReadonlyArray<string> => {
  const { dim, green } = colors.createColors(color)
  const terminal = columns !== undefined
  const ids = sessions.map(({ id }) => id)
  const shown = terminal ? shortIds(ids) : ids
  return renderTable(sessions, [
    { text: ({ current }) => current ? "this one" : "", paint: green },
    { text: programOf, flexible: true },
    { text: ({ ipAddress }) => printable(ipAddress ?? "unknown address") },
    {
      text: ({ lastUsedAt }) =>
        terminal ? `used ${relativeTime(DateTime.toEpochMillis(lastUsedAt), now)}` : DateTime.formatIso(lastUsedAt),
      paint: dim
    },
    { text: (_session, index) => shown[index] ?? "", paint: dim }
  ], { columns })
}
