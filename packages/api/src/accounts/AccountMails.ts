import { Effect } from "effect"
import { AppConfig } from "../Config.ts"
import { Mailer } from "../mail/Mailer.ts"
import * as Mails from "../mail/Mails.ts"
import { makeMailCodes } from "./MailCodes.ts"

/** Whom a code is for, and what it is based on. */
interface Addressee {
  readonly id: string
  readonly email: string
  readonly credentials: number
}

/** The mails of accounts, as promises for Better Auth and for what stands beside it. */
export const makeAccountMails = Effect.gen(function*() {
  const { publicUrl } = yield* AppConfig
  const { seal } = yield* makeMailCodes
  const mailer = yield* Mailer
  const run = Effect.runPromiseWith(yield* Effect.context<never>())
  const send = (mail: Parameters<typeof mailer.send>[0]) => run(mailer.send(mail))

  /** A link to a page with a button: whatever looks at the links of a mail on its way does nothing by that. */
  const keyOf = (page: string, code: string, landing: string | undefined): Mails.Key => {
    const link = new URL(`${publicUrl}${page}`)
    link.searchParams.set("token", code)
    if (landing !== undefined) link.searchParams.set("callbackURL", landing)
    return { code, link: link.href }
  }
  const resetPage = `${publicUrl}/reset-password`

  return {
    /** With `landing` the link leads to that page of a frontend, which asks for the password itself. */
    resetPassword: ({ credentials, email, id }: Addressee, landing: string | undefined) => {
      const code = seal({ purpose: "reset-password", userId: id, credentials })
      const key = keyOf("/reset-password", code, undefined)
      if (landing === undefined) return send(Mails.resetPassword(email, key))
      const link = new URL(landing, publicUrl)
      link.searchParams.set("token", code)
      return send(Mails.resetPassword(email, { code, link: link.href }))
    },
    confirmAddress: ({ credentials, email, id }: Addressee, landing: string | undefined) => {
      const code = seal({ purpose: "confirm-address", userId: id, credentials })
      return send(Mails.confirmAddress(email, keyOf("/verify-email", code, landing), resetPage))
    },
    confirmNewAddress: ({ credentials, id }: Addressee, newAddress: string, landing: string | undefined) => {
      const code = seal({ purpose: "change-address", userId: id, credentials, newAddress })
      return send(Mails.confirmNewAddress(newAddress, keyOf("/verify-email", code, landing)))
    },
    accountExists: (email: string) => send(Mails.accountExists(email, resetPage)),
    passwordChanged: (email: string) => send(Mails.passwordChanged(email, resetPage)),
    passwordReset: (email: string) => send(Mails.passwordReset(email, resetPage)),
    addressChanged: (email: string) => send(Mails.addressChanged(email)),
    accountDeleted: (email: string) => send(Mails.accountDeleted(email))
  }
})

/** The mails of accounts. */
export type AccountMails = Effect.Success<typeof makeAccountMails>
