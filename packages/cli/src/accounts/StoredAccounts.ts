import { Schema } from "effect"

/** What is kept of one account. */
export const Entry = Schema.Struct({
  /** As `Keyring` has it: the token itself, or where it is. */
  sessionToken: Schema.String,
  /** Without an id where an earlier release has kept it. */
  user: Schema.Struct({ id: Schema.optionalKey(Schema.String), name: Schema.String, email: Schema.String }),
  jwt: Schema.NullOr(Schema.String),
  /** Seconds since 1970, as the `exp` claim has it. */
  jwtExpiresAt: Schema.NullOr(Schema.Finite)
})
export interface Entry extends Schema.Schema.Type<typeof Entry> {}

/**
 * What the file has: of each service the account in use by the service's address, which is all that releases before had, and
 * the others by the address with `#` and their e-mail address behind it. No address of a service has a fragment.
 */
export const Entries = Schema.Record(Schema.String, Entry)
export type Entries = typeof Entries.Type

/** What tells one account from another. */
export interface AccountName {
  readonly apiUrl: string
  readonly email: string
}

/** An account, and what is kept of it. */
export interface StoredAccount extends AccountName {
  readonly entry: Entry
  /** Whether it is the one of its service where none is named. */
  readonly isInUse: boolean
}

const bare = (email: string): string => email.toLowerCase()

export const isSameAccount = (one: AccountName, other: AccountName): boolean =>
  one.apiUrl === other.apiUrl && bare(one.email) === bare(other.email)

const keyOf = ({ apiUrl, email }: AccountName): string => `${apiUrl}#${bare(email)}`

const serviceOf = (key: string): string => key.split("#", 1)[0] ?? key

const keysAt = (entries: Entries, apiUrl: string): ReadonlyArray<string> =>
  Object.keys(entries).filter((key) => key === apiUrl || key.startsWith(`${apiUrl}#`))

/** The key of an account, or of the one in use: where that is none, the only one that there is. */
const find = (entries: Entries, apiUrl: string, email: string | undefined): string | undefined => {
  const keys = keysAt(entries, apiUrl)
  if (email !== undefined) return keys.find((key) => bare(entries[key]?.user.email ?? "") === bare(email))
  return apiUrl in entries ? apiUrl : keys.length === 1 ? keys[0] : undefined
}

/** What is kept of an account, or of the one in use where no address is given. */
export const entryOf = (entries: Entries, apiUrl: string, email: string | undefined): Entry | undefined => {
  const key = find(entries, apiUrl, email)
  return key === undefined ? undefined : entries[key]
}

export const accountsIn = (entries: Entries): ReadonlyArray<StoredAccount> =>
  Object.entries(entries).map(([key, entry]) => {
    const apiUrl = serviceOf(key)
    return { apiUrl, email: entry.user.email, entry, isInUse: find(entries, apiUrl, undefined) === key }
  })

/** Puts an account in the place of the one in use, which stays beside it, and of what was kept of the same account. */
export const inUse = (entries: Entries, apiUrl: string, entry: Entry): Entries => {
  const { email } = entry.user
  const before = find(entries, apiUrl, email)
  const others = Object.fromEntries(Object.entries(entries).filter(([key]) => key !== before))
  const { [apiUrl]: displaced, ...rest } = others
  return {
    ...rest,
    ...displaced !== undefined && { [keyOf({ apiUrl, email: displaced.user.email })]: displaced },
    [apiUrl]: entry
  }
}

/** The same with another entry of an account, or of the one in use, or without it. */
export const changed = (
  entries: Entries,
  { apiUrl, email }: { readonly apiUrl: string; readonly email: string | undefined },
  entry: Entry | undefined
): Entries => {
  const key = find(entries, apiUrl, email)
  const others = Object.fromEntries(Object.entries(entries).filter(([one]) => one !== key))
  if (entry === undefined) return others
  if (key === undefined) return inUse(entries, apiUrl, entry)
  return { ...others, [key === apiUrl ? apiUrl : keyOf({ apiUrl, email: entry.user.email })]: entry }
}
