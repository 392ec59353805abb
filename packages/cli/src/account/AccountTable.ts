import colors from "picocolors"
import type { Entry, StoredAccount } from "../accounts/StoredAccounts.ts"
import { isInKeyring } from "../keyring/Keyring.ts"
import { renderTable, type TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"

const keptIn = ({ sessionToken }: Entry) => isInKeyring(sessionToken) ? "keyring" : "file"

/** An account that is signed in to here, as scripts have it. */
export const accountJson = ({ apiUrl, email, entry }: StoredAccount, isCurrent: boolean) => ({
  email,
  name: entry.user.name,
  apiUrl,
  current: isCurrent,
  keptIn: keptIn(entry)
})

/** A line for each account: whether it is the one that commands are for, address, name, service, where its token is. */
export const renderAccounts = (
  accounts: ReadonlyArray<StoredAccount>,
  isCurrent: (account: StoredAccount) => boolean,
  { color, columns }: Pick<TableStyle, "color" | "columns">
): ReadonlyArray<string> => {
  const { dim, green } = colors.createColors(color)
  return renderTable(accounts, [
    { text: (account) => !isCurrent(account) ? "" : columns === undefined ? "current" : "✓", paint: green },
    { text: ({ email }) => printable(email), flexible: true },
    { text: ({ entry }) => printable(entry.user.name), yieldsTo: 12 },
    { text: ({ apiUrl }) => printable(apiUrl), paint: dim },
    { text: ({ entry }) => keptIn(entry), paint: dim }
  ], { columns })
}
