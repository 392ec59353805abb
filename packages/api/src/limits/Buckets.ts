import { createHmac } from "node:crypto"
import { limitOf, type Operation } from "./OperationLimit.ts"
import * as Policies from "./Policies.ts"

/** One count of one policy, of one client or account. */
export interface Bucket {
  readonly policy: Policies.Policy
  readonly key: string
  /** What it counts; the rest is given back. */
  readonly counts: "requests" | "guesses" | "mails"
  /** Whether answers say what is left in it: not where strangers take from it, too. */
  readonly isTold: boolean
}

/** Who asks for what, as far as limits care: read off what was understood of the request, and verified. */
export interface Asking {
  readonly operation: Operation
  /** The address, or the network that stands for it. */
  readonly client: string
  /** The email address of the account, or that one is to have, in lower case; empty where the request names none. */
  readonly account: string
  /** The live session that asks, and its user; absent where there is none. */
  readonly session?: { readonly id: string; readonly userId: string }
  /** The secret of a token for scripts, if that is what comes in place of a session. */
  readonly secret?: string
}

/** Hashes with a secret, so that the tables hold no address, in clear or to be guessed. */
export const makeHash = (secret: string) => {
  const key = createHmac("sha256", secret).update("todo rate limits").digest()
  return (...parts: ReadonlyArray<string>) =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url")
}

const countsOf = (policy: Policies.Policy): Bucket["counts"] => {
  switch (policy) {
    case Policies.guess:
    case Policies.strangerGuess:
    case Policies.userCode:
      return "guesses"
    case Policies.mailbox:
      return "mails"
    default:
      return "requests"
  }
}

/**
 * The buckets that a request takes from, in the order in which they are asked.
 * The client's own come first: a client that is refused there uses up nothing
 * of what an account's strangers have together.
 */
export const bucketsOf = (
  { account, client, operation, secret, session }: Asking,
  familiar: boolean,
  hash: ReturnType<typeof makeHash>
): ReadonlyArray<Bucket> => {
  const bucket = (policy: Policies.Policy, ...parts: ReadonlyArray<string>): Bucket => {
    const counts = countsOf(policy)
    return { policy, key: hash(policy.name, ...parts), counts, isTold: counts === "requests" }
  }
  // Whom nobody names shares no bucket with others whom nobody names.
  const mailbox = account === "" ? [] : [bucket(Policies.mailbox, operation, account)]
  // By the user: whoever found a session can make others of it.
  const confirmation = session === undefined ? [] : [bucket(Policies.confirmation, session.userId)]
  const bearer = session?.id ?? secret
  const token = bearer === undefined ? [] : [bucket(Policies.token, bearer)]
  switch (limitOf(operation)) {
    case "signIn":
      return [
        bucket(Policies.passwordCheck, client),
        bucket(Policies.guess, account, client),
        ...(familiar ? [] : [bucket(Policies.strangerGuess, account)])
      ]
    case "confirmation":
      return [bucket(Policies.passwordCheck, client), ...confirmation]
    case "changeEmail":
      return [bucket(Policies.passwordCheck, client), ...confirmation, ...mailbox]
    case "mailCode":
      return [bucket(Policies.passwordCheck, client)]
    case "signUp":
      return [bucket(Policies.signUp, client), ...mailbox]
    case "mail":
      return [bucket(Policies.mail, client), ...mailbox]
    case "device":
      return [bucket(Policies.device, client)]
    case "userCode":
      return [bucket(Policies.anything, client), bucket(Policies.userCode, client)]
    case "token":
      return [bucket(Policies.anything, client), ...token]
    case "anything":
      return [bucket(Policies.anything, client)]
  }
}
