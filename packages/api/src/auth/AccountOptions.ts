import type { BetterAuthOptions } from "better-auth"
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api"
import { decodeJwt } from "jose"
import type { AccountMails, Handover } from "./AccountMails.ts"
import { beforeAccountChange } from "./AccountRules.ts"
import type { Passwords } from "./Passwords.ts"

/** Runs a statement as Better Auth runs its own. */
export type Query = (
  text: string,
  parameters: ReadonlyArray<unknown>
) => Promise<{ readonly rows: ReadonlyArray<unknown> }>

const hour = 60 * 60

/** How Better Auth looks after accounts: confirming an address, changing it, a new password, deleting all. */
export const makeAccountOptions = (parts: {
  /** Whether an address must be confirmed before the first sign-in. */
  readonly verifiesEmail: boolean
  /** Whether who signs up gets a mail to confirm the address. */
  readonly writesOnSignUp: boolean
  readonly mails: AccountMails
  readonly passwords: Passwords
  readonly query: Query
  /** Lets the client in even while strangers guess at the account. */
  readonly trust: (email: string, clientAddress: string) => Promise<void>
}) => ({
  emailAndPassword: {
    enabled: true,
    // It counts UTF-16 units. What a new one must be AccountRules.ts says; a longer text than this is never hashed.
    minPasswordLength: 1,
    maxPasswordLength: 2048,
    password: parts.passwords,
    requireEmailVerification: parts.verifiesEmail,
    resetPasswordTokenExpiresIn: hour,
    revokeSessionsOnPasswordReset: true,
    sendResetPassword: parts.mails.resetPassword,
    onExistingUserSignUp: ({ user }: { user: { email: string } }) => parts.mails.accountExists(user.email),
    // As the database makes one for a new account.
    customSyntheticUser: ({ coreFields }: { coreFields: object }) => ({ ...coreFields, id: crypto.randomUUID() }),
    // Who set it read the mail.
    onPasswordReset: async ({ user }: { user: { id: string; email: string } }, request?: Request) => {
      await parts.query("SELECT todo.prove_address($1)", [user.id])
      await parts.trust(user.email, request?.headers.get("x-client-ip") ?? "")
      await parts.mails.passwordChanged(user.email)
    }
  },
  emailVerification: {
    expiresIn: hour,
    sendOnSignUp: parts.writesOnSignUp,
    sendVerificationEmail: (handover: Handover) =>
      decodeJwt(handover.token)["updateTo"] === undefined
        ? parts.mails.confirmAddress(handover)
        : parts.mails.confirmNewAddress(handover)
  },
  user: {
    changeEmail: { enabled: true },
    deleteUser: {
      enabled: true,
      // All at once: what Better Auth does next, statement by statement, finds nothing.
      beforeDelete: async ({ id }: { id: string }) => {
        await parts.query(
          `WITH codes AS (DELETE FROM auth."verification" WHERE "value" = $1::text)
           DELETE FROM auth."user" WHERE "id" = $1::uuid`,
          [id]
        )
      },
      afterDelete: ({ email }: { email: string }) => parts.mails.accountDeleted(email)
    }
  },
  hooks: {
    before: beforeAccountChange,
    after: createAuthMiddleware(async ({ context, path }) => {
      if (path === "/change-password" && !isAPIError(context.returned) && context.newSession) {
        await parts.mails.passwordChanged(context.newSession.user.email)
      }
    })
  },
  databaseHooks: {
    user: {
      update: {
        before: async ({ email }, context) => {
          if (context?.path !== "/verify-email") return
          if (email !== undefined) await assertFree(parts.query, email)
          // Also after a change: the link came with a mail to the new address.
          return { data: { emailVerified: true } }
        },
        after: async (user, context) => {
          const { email: oldAddress, updateTo } = context?.path === "/verify-email"
            ? decodeJwt<{ email: string; updateTo?: string }>(context.query?.["token"])
            : {}
          if (updateTo === undefined || oldAddress === undefined) return
          await parts.query(`DELETE FROM auth."session" WHERE "userId" = $1 AND "id" IS DISTINCT FROM $2::uuid`, [
            user.id,
            context?.context.session?.session.id ?? null
          ])
          await parts.mails.addressChanged(oldAddress)
        }
      }
    }
  }
} satisfies Partial<BetterAuthOptions>)

/** Somebody may have taken the address since the mail was sent. */
const assertFree = async (query: Query, email: string) => {
  const { rows } = await query(`SELECT FROM auth."user" WHERE "email" = $1`, [email])
  if (rows.length > 0) {
    throw new APIError("UNAUTHORIZED", { code: "INVALID_TOKEN", message: "The code is wrong or too old" })
  }
}
