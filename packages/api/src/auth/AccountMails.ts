import { Effect } from "effect"
import { AppConfig } from "../Config.ts"
import { Mailer } from "../mail/Mailer.ts"
import * as Mails from "../mail/Mails.ts"

/** What Better Auth hands over for a mail with a secret. */
export interface Handover {
  readonly user: { readonly email: string }
  /** Better Auth's own link, which ends at the page that the request named. */
  readonly url: string
  readonly token: string
}

/** The mails of accounts, as callbacks for Better Auth. */
export const makeAccountMails = Effect.gen(function*() {
  const { publicUrl } = yield* AppConfig
  const mailer = yield* Mailer
  const run = Effect.runPromiseWith(yield* Effect.context<never>())

  /** The link that a frontend has asked for, or else to the service's own page. */
  const keyOf = (page: string, { token, url }: Handover): Mails.Key => {
    const landing = new URL(url).searchParams.get("callbackURL")
    // Better Auth writes "/" for none.
    return { code: token, link: landing && landing !== "/" ? url : `${publicUrl}${page}?token=${token}` }
  }
  const resetPage = `${publicUrl}/reset-password`

  return {
    resetPassword: (handover: Handover) =>
      run(mailer.send(Mails.resetPassword(handover.user.email, keyOf("/reset-password", handover)))),
    confirmAddress: (handover: Handover) =>
      run(mailer.send(Mails.confirmAddress(handover.user.email, keyOf("/verify-email", handover)))),
    confirmNewAddress: (handover: Handover) =>
      run(mailer.send(Mails.confirmNewAddress(handover.user.email, keyOf("/verify-email", handover)))),
    accountExists: (email: string) => run(mailer.send(Mails.accountExists(email, resetPage))),
    passwordChanged: (email: string) => run(mailer.send(Mails.passwordChanged(email, resetPage))),
    addressChanged: (email: string) => run(mailer.send(Mails.addressChanged(email))),
    accountDeleted: (email: string) => run(mailer.send(Mails.accountDeleted(email)))
  }
})

/** The mails of accounts. */
export type AccountMails = Effect.Success<typeof makeAccountMails>
