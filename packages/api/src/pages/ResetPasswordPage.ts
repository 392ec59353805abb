import { Effect } from "effect"
import { HttpRouter } from "effect/http"
import { AuthOperations } from "../auth/AuthOperations.ts"
import { codeOfUrl } from "./MailCode.ts"
import { askedPage, askPage, newPasswordPage, passwordSetPage, staleCodePage } from "./mailViews.ts"
import { makeOwnForm } from "./OwnForm.ts"
import { seeOther } from "./Page.ts"
import { answeringWithPages } from "./ProblemPage.ts"
import { replyOf } from "./Reply.ts"

/** The page of a mail's link that sets a new password; without a code, the page that asks for such a mail. */
export const ResetPasswordPage = HttpRouter.use((router) =>
  Effect.gen(function*() {
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

    yield* router.add("GET", "/reset-password", answeringWithPages(show))
    yield* router.add("POST", "/reset-password", answeringWithPages(act))
    yield* router.add("GET", "/reset-password/asked", Effect.succeed(askedPage))
    yield* router.add("GET", "/reset-password/done", Effect.succeed(passwordSetPage))
  })
)
