import { createHmac } from "node:crypto"
import { networkOf } from "../http/ClientAddress.ts"
import * as Policies from "./Policies.ts"

/** One count of one policy, of one client or account. */
export interface Bucket {
  readonly policy: Policies.Policy
  readonly key: string
  /** Counts failures: what succeeds is given back. */
  readonly failures: boolean
}

/** Who asks for what, as far as limits care. */
export interface Asking {
  readonly kind: Policies.Kind
  readonly path: string
  /** The address, or the network that stands for it. */
  readonly client: string
  /** The email address of the account, in lower case; empty where none can be read. */
  readonly account: string
  /** The session token; empty where there is none. */
  readonly session: string
}

/** The session's token, however it comes; without its signature, which is not always there. */
const sessionOf = (headers: Headers) => {
  const token = /^bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1]
    ?? /(?:^|;\s*)(?:__Secure-)?better-auth\.session_token=([^;]*)/.exec(headers.get("cookie") ?? "")?.[1]
  return (token ?? "").split(".", 1)[0]!
}

/** The kinds of requests that name an account, or the address that one is to have. */
const naming: ReadonlyArray<Policies.Kind> = ["signIn", "signUp", "mail", "changeEmail"]
/** The kinds of requests that a session makes. */
const bySession: ReadonlyArray<Policies.Kind> = ["token", "confirmation", "changeEmail"]

/** Reads the body as Better Auth does, so that both see the same account. */
const accountOf = async (request: Request) => {
  try {
    const copy = request.clone()
    const body: unknown = /^application\/([a-z0-9.+-]*\+)?json/i.test(request.headers.get("content-type") ?? "")
      ? await copy.json()
      : Object.fromEntries(await copy.formData())
    const { email, newEmail } = body as { email?: unknown; newEmail?: unknown }
    const address = newEmail ?? email
    return typeof address === "string" ? address.toLowerCase() : ""
  } catch {
    return ""
  }
}

/** What has a limit of its own although it is asked for with GET. */
const limitedReads = new Set(["/token", "/device"])

/** Reads off a request below `/api/auth`, whose client address the mount has set, what its limits count. */
export const askingOf = async (request: Request): Promise<Asking> => {
  const path = new URL(request.url).pathname.slice("/api/auth".length)
  const kind = request.method === "GET" && !limitedReads.has(path) ? "anything" : Policies.kindOf(path)
  return {
    kind,
    path,
    client: networkOf(request.headers.get("x-client-ip") ?? ""),
    account: naming.includes(kind) ? await accountOf(request) : "",
    session: bySession.includes(kind) ? sessionOf(request.headers) : ""
  }
}

/** Hashes with a secret, so that the tables hold no address, in clear or to be guessed. */
export const makeHash = (secret: string) => {
  const key = createHmac("sha256", secret).update("todo rate limits").digest()
  return (...parts: ReadonlyArray<string>) =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url")
}

/**
 * The buckets that a request takes from, in the order in which they are asked.
 * The client's own come first: a client that is refused there uses up nothing
 * of what an account's strangers have together.
 */
export const bucketsOf = (
  { account, client, kind, path, session }: Asking,
  familiar: boolean,
  hash: ReturnType<typeof makeHash>
): ReadonlyArray<Bucket> => {
  const bucket = (policy: Policies.Policy, ...parts: ReadonlyArray<string>): Bucket => ({
    policy,
    key: hash(policy.name, ...parts),
    failures: policy === Policies.guess || policy === Policies.strangerGuess || policy === Policies.userCode
  })
  // Whom nobody names shares no bucket with others whom nobody names.
  const mailbox = account === "" ? [] : [bucket(Policies.mailbox, path, account)]
  const ofSession = (policy: Policies.Policy) => session === "" ? [] : [bucket(policy, session)]
  switch (kind) {
    case "signIn":
      return [
        bucket(Policies.passwordCheck, client),
        bucket(Policies.guess, account, client),
        ...(familiar ? [] : [bucket(Policies.strangerGuess, account)])
      ]
    case "confirmation":
      return [bucket(Policies.passwordCheck, client), ...ofSession(Policies.confirmation)]
    case "changeEmail":
      return [
        bucket(Policies.passwordCheck, client),
        ...ofSession(Policies.confirmation),
        ...mailbox
      ]
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
      return [bucket(Policies.anything, client), ...ofSession(Policies.token)]
    case "anything":
      return [bucket(Policies.anything, client)]
  }
}
