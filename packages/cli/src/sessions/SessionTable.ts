import type { Session } from "@todo/domain/sessions/Session"
import { DateTime } from "effect"
import colors from "picocolors"
import { shortIds } from "../refs/ShortIds.ts"
import { relativeTime } from "../terminal/RelativeTime.ts"
import { renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"

const unknownProgram = "unknown program"

/** The program that signed in, as it named itself. */
export const programOf = ({ userAgent }: Session): string => printable(userAgent ?? unknownProgram)

/**
 * A line for each session: whether it is this one, program, address, last use,
 * id. On a terminal times are relative and ids as short as tells them apart;
 * elsewhere all is exact, and what is not known is empty.
 */
export const renderSessions = (
  sessions: ReadonlyArray<Session>,
  { color, columns, now }: TableStyle
): ReadonlyArray<string> => {
  const { dim, green } = colors.createColors(color)
  const terminal = columns !== undefined
  const ids = sessions.map(({ id }) => id)
  const shown = terminal ? shortIds(ids) : ids
  const known = (text: string | null, otherwise: string) => printable(text ?? (terminal ? otherwise : ""))
  return renderTable(sessions, [
    { text: ({ current }) => !current ? "" : terminal ? "this one" : "current", paint: green },
    { text: ({ userAgent }) => known(userAgent, unknownProgram), flexible: true },
    { text: ({ ipAddress }) => known(ipAddress, "unknown address") },
    {
      text: ({ lastUsedAt }) =>
        terminal ? `used ${relativeTime(DateTime.toEpochMillis(lastUsedAt), now)}` : DateTime.formatIso(lastUsedAt),
      paint: dim
    },
    { text: (_session, index) => shown[index] ?? "", paint: dim }
  ], { columns })
}
