import { Effect, Option, Redacted, Schema } from "effect"
import crypto from "node:crypto"
import { join } from "node:path"
import type { Entry } from "../accounts/StoredAccounts.ts"
import { Credentials } from "../client/Credentials.ts"
import { isJwt } from "../client/TokenSource.ts"
import type { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"

const decodeClaims = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Struct({ sub: Schema.String })))

/** Whose a JWT is (RFC 7519, 4.1.2); nothing is verified. */
const subjectOf = (jwt: string): string | undefined =>
  Option.getOrUndefined(decodeClaims(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8")))?.sub

const ownerOfEntry = ({ jwt, user }: Entry): string | undefined =>
  user.id ?? (jwt === null ? undefined : subjectOf(jwt))

/** A token for scripts does not say whose it is: what it has queued is its own. */
const ownerOfToken = (token: string): string | undefined => isJwt(token) ? subjectOf(token) : `token ${token}`

const hashOf = (text: string): string => crypto.createHash("sha256").update(text).digest("hex").slice(0, 32)

/** The folder of what is kept here of an account at a service. */
const folderOf = (configDirectory: string, apiUrl: string, owner: string): string =>
  join(configDirectory, "offline", hashOf(`${apiUrl}\n${owner}`))

/** That of an entry of the credentials; undefined where it does not say whose it is. */
export const folderOfEntry = (
  { apiUrl, configDirectory }: Pick<Settings["Service"], "apiUrl" | "configDirectory">,
  entry: Entry
): string | undefined => {
  const owner = ownerOfEntry(entry)
  return owner === undefined ? undefined : folderOf(configDirectory, apiUrl, owner)
}

/** That of the account in use; undefined where nobody knows whose it is. */
export const accountFolder: Effect.Effect<string | undefined, Failure, Settings | Credentials> = Effect.gen(
  function*() {
    const settings = yield* Settings
    if (settings.token !== undefined) {
      const owner = ownerOfToken(Redacted.value(settings.token))
      return owner === undefined ? undefined : folderOf(settings.configDirectory, settings.apiUrl, owner)
    }
    const entry = yield* (yield* Credentials).get
    return entry === undefined ? undefined : folderOfEntry(settings, entry)
  }
)
