import { Effect } from "effect"
import { AuthOperations } from "../accounts/AuthOperations.ts"
import type { SitePath } from "../http/Site.ts"
import { codeOfUrl } from "./MailCode.ts"
import { askedPage, askPage, newPasswordPage, passwordSetPage, staleCodePage } from "./mailViews.ts"
import { makeOwnForm } from "./OwnForm.ts"
import { seeOther } from "./Page.ts"
import { answeringWithPages } from "./ProblemPage.ts"
import { replyOf } from "./Reply.ts"

/** The page of a mail's link that sets a new password; without a code, the page that asks for such a mail; and those that they lead to. */
export const resetPasswordPages = Effect.gen(function*() {
  const operations = yield* AuthOperations
  const ownForm = yield* makeOwnForm

  const askForMail = Effect.fnUntraced(function*(form: URLSearchParams) {
    const email = (form.get("email") ?? "").trim()
    const reply = replyOf(yield* operations.requestPasswordReset({ email }))
    if (reply.status === 200) return seeOther("/reset-password/asked")
    return reply.status === 400 ? askPage({ email, message: "Enter an email address." }) : reply.response
  })

  const setPassword = Effect.fnUntraced(function*(token: string, form: URLSearchParams) {
    const newPassword = form.get("password") ?? ""
    if (newPassword !== form.get("again")) return newPasswordPage(token, "The two passwords differ.")
    const reply = replyOf(yield* operations.resetPassword({ token, newPassword }))
    if (reply.status === 200) return seeOther("/reset-password/done")
    if (reply.status !== 400) return reply.response
    const { code = "", detail } = reply.refusal ?? {}
    return code.startsWith("PASSWORD_") ? newPasswordPage(token, `${detail}.`) : staleCodePage
  })

  const show = Effect.map(codeOfUrl, (token) => token === "" ? askPage({}) : newPasswordPage(token, undefined))
  const act = Effect.gen(function*() {
    const form = yield* ownForm
    const token = yield* codeOfUrl
    return yield* (token === "" ? askForMail(form) : setPassword(token, form))
  })

  const paths: ReadonlyArray<SitePath> = [
    { path: "/reset-password", get: answeringWithPages(show), post: answeringWithPages(act) },
    { path: "/reset-password/asked", get: Effect.succeed(askedPage) },
    { path: "/reset-password/done", get: Effect.succeed(passwordSetPage) }
  ]
  return paths
})
