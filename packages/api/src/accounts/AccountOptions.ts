import type { BetterAuthOptions } from "better-auth"
import { APIError } from "better-auth/api"
import type { AccountMails } from "./AccountMails.ts"
import { currentWork } from "./AuthWork.ts"
import type { Passwords } from "./Passwords.ts"

/** Runs a statement that may take long. */
type RunLong = (text: string, parameters: ReadonlyArray<unknown>) => Promise<ReadonlyArray<object>>

/** What Better Auth says itself of a wrong one. */
const wrongPassword = { code: "INVALID_PASSWORD", message: "Invalid password" }

/** Longer than any password that gets here: its length is the rules' to judge (AccountRules.ts). */
const longestPassword = 2048

/** The page of a frontend that a link of Better Auth's ends at; it writes "/" for none. */
const landingOf = (link: string): string | undefined => {
  const landing = new URL(link).searchParams.get("callbackURL")
  return landing === null || landing === "/" ? undefined : landing
}

/** What of an account Better Auth looks after: making it, signing in to it, its name, deleting it. */
export const makeAccountOptions = (parts: {
  /** Whether an address must be confirmed before the first sign-in. */
  readonly verifiesEmail: boolean
  /** Whether who signs up gets a mail to confirm the address. */
  readonly writesOnSignUp: boolean
  readonly mails: AccountMails
  readonly passwords: Passwords["Service"]
  readonly runLong: RunLong
}) => ({
  emailAndPassword: {
    enabled: true,
    minPasswordLength: 1,
    maxPasswordLength: longestPassword,
    password: {
      hash: parts.passwords.hash,
      verify: async (attempt: { readonly hash: string; readonly password: string }) => {
        const fits = await parts.passwords.verify(attempt)
        const work = currentWork()
        if (fits && work !== undefined) work.proved = attempt.hash
        return fits
      }
    },
    requireEmailVerification: parts.verifiesEmail,
    onExistingUserSignUp: ({ user }: { user: { email: string } }) => parts.mails.accountExists(user.email)
  },
  emailVerification: {
    sendOnSignUp: parts.writesOnSignUp,
    // The code is one of ours, not Better Auth's: the user has just been made.
    sendVerificationEmail: ({ url, user }: { user: { id: string; email: string }; url: string }) =>
      parts.mails.confirmAddress({ id: user.id, email: user.email, credentials: 0 }, landingOf(url))
  },
  user: {
    deleteUser: {
      enabled: true,
      // All at once, if the password that was proved is still the one: what Better Auth does next, statement by
      // statement, finds nothing.
      beforeDelete: async ({ id }: { id: string }) => {
        const [answer] = await parts.runLong("SELECT auth.delete_user($1, $2) AS done", [
          id,
          currentWork()?.proved ?? ""
        ])
        if (!(answer as { readonly done: boolean }).done) throw APIError.from("BAD_REQUEST", wrongPassword)
      },
      afterDelete: ({ email }: { email: string }) => parts.mails.accountDeleted(email)
    }
  },
  session: {
    additionalFields: {
      credentials: { type: "number", required: true, input: false, returned: false },
      approvedBy: { type: "string", required: false, input: false, returned: false }
    }
  },
  databaseHooks: {
    session: {
      create: {
        // The statement that makes it compares the count (migrations/0010_credentials.ts).
        before: (session) => {
          const { approvedBy, credentials } = currentWork() ?? {}
          if (credentials === undefined) throw new Error("A session is made that is based on nothing")
          return Promise.resolve({ data: { ...session, credentials, approvedBy: approvedBy ?? null } })
        }
      }
    }
  }
} satisfies Partial<BetterAuthOptions>)
