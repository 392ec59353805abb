import { type Failure, usage } from "../failures/Failure.ts"
import type { AccountName } from "./StoredAccounts.ts"

/** An account as somebody may name it. */
export interface NamedAccount extends AccountName {
  readonly name: string
}

/** The account that a command is to be for. */
export interface ChosenAccount {
  /** As it was typed. */
  readonly text: string
  /** What that names, or why it names none. */
  readonly found: AccountName | Failure
}

/** The address of a service without what is before its host. */
const placeOf = (apiUrl: string): string => apiUrl.replace(/^https?:\/\//, "")

const hostOf = (apiUrl: string): string => URL.canParse(apiUrl) ? new URL(apiUrl).hostname : apiUrl

/** What names one account among all: `ada@example.com@todo.example`. */
export const fullNameOf = ({ apiUrl, email }: AccountName): string => `${email}@${placeOf(apiUrl)}`

/** What an account goes by, the surest first. */
const spellings: ReadonlyArray<(account: NamedAccount) => ReadonlyArray<string>> = [
  (account) => [account.email, fullNameOf(account), `${account.email}@${hostOf(account.apiUrl)}`],
  ({ email, name }) => [name, email.slice(0, email.lastIndexOf("@"))]
]

const bare = (text: string): string => text.trim().toLowerCase()

/** The accounts that a text may mean: an e-mail address, that with the host of the service behind it, or a name. */
export const accountsLike = <A extends NamedAccount>(text: string, accounts: ReadonlyArray<A>): ReadonlyArray<A> => {
  for (const spelling of spellings) {
    const found = accounts.filter((account) => spelling(account).some((one) => bare(one) === bare(text)))
    if (found.length > 0) return found
  }
  return []
}

const listed = (accounts: ReadonlyArray<NamedAccount>) => accounts.map((account) => `  ${fullNameOf(account)}`)

/** Why a text names no account: there is none, or there are several. */
export const noSuchAccount = (
  text: string,
  found: ReadonlyArray<NamedAccount>,
  all: ReadonlyArray<NamedAccount>
): Failure => {
  const quoted = JSON.stringify(text)
  if (found.length > 1) return usage(`${quoted} names several accounts`, ...listed(found))
  return all.length === 0
    ? usage(`There is no account ${quoted} here`, "Sign in with `todo login`.")
    : usage(`There is no account ${quoted} here`, ...listed(all), "`todo login` adds another.")
}
