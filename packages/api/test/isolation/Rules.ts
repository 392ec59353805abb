import { type Credential, isSecret, noCredential } from "./Credentials.ts"
import type { Operation } from "./Operations.ts"

/** What an operation has to answer to a credential of somebody to whom all that is asked for belongs. */
export type Verdict =
  /** It does what it is asked to. */
  | { readonly kind: "done" }
  /** What it answers does not depend on the credential. */
  | { readonly kind: "indifferent" }
  /** It succeeds, and there was nothing to do. */
  | { readonly kind: "idle" }
  /** It refuses, with a problem of this code; undefined where the code is Better Auth's. */
  | { readonly kind: "refused"; readonly status: 401 | 403; readonly code: string | undefined }

/** Operations of sessions that also take the secret of a token for scripts, and why. */
export const takingSecrets: Readonly<Record<string, string>> = {
  "auth.token": "a script has no session: this is where it gets its JWTs"
}

/** Operations that need no session, and take no secret of a token for scripts all the same, and why. */
export const refusingSecretsOnly: Readonly<Record<string, string>> = {
  "auth.signOut": "signing out twice is no mistake, but a secret would be told of a success and go on working"
}

/** The rule for each kind of security; it knows no operation by name but those above. */
export const verdictOf = (operation: Operation, credential: Credential): Verdict => {
  switch (operation.security) {
    case "none":
      return { kind: "indifferent" }
    case "session":
      if (credential.proves === "session") return { kind: "done" }
      if (credential.proves === "secret" && operation.name in takingSecrets) return { kind: "done" }
      if (operation.name in refusingSecretsOnly && !isSecret(credential)) return { kind: "idle" }
      return operation.errors.has(401) ? { kind: "refused", status: 401, code: undefined } : { kind: "idle" }
    case "jwt": {
      if (credential === noCredential) return { kind: "refused", status: 401, code: "token_missing" }
      const signed = credential.proves !== "nothing" && credential.proves !== "session"
      if (!signed) return { kind: "refused", status: 401, code: "token_invalid" }
      // Told by the token itself, before the database is asked whether it has ended.
      const allowed = operation.scope !== undefined && credential.scopes.includes(operation.scope)
      if (!allowed) return { kind: "refused", status: 403, code: "insufficient_scope" }
      return credential.proves === "endedJwt"
        ? { kind: "refused", status: 401, code: "token_invalid" }
        : { kind: "done" }
    }
  }
}
