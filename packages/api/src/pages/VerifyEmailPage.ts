import { Effect } from "effect"
import { HttpRouter } from "effect/http"
import { makeCall } from "../auth/BetterAuthCalls.ts"
import { codeOfUrl } from "./MailCode.ts"
import { confirmedPage, confirmPage, staleCodePage } from "./mailViews.ts"
import { makeOwnForm } from "./OwnForm.ts"
import { seeOther } from "./Page.ts"
import { answeringWithPages } from "./ProblemPage.ts"

/**
 * The page of a mail's link that confirms an address. It takes a button: what
 * looks at the links of mails on its way has confirmed nothing.
 */
export const VerifyEmailPage = HttpRouter.use((router) =>
  Effect.gen(function*() {
    const call = yield* makeCall
    const ownForm = yield* makeOwnForm

    const confirm = Effect.gen(function*() {
      yield* ownForm
      const query = new URLSearchParams({ token: yield* codeOfUrl }).toString()
      const reply = yield* call({ method: "GET", path: `/verify-email?${query}`, as: "nobody" })
      if (reply.status === 200) return seeOther("/verify-email/done")
      return reply.status === 401 ? staleCodePage : reply.response
    })

    yield* router.add("GET", "/verify-email", answeringWithPages(Effect.map(codeOfUrl, confirmPage)))
    yield* router.add("POST", "/verify-email", answeringWithPages(confirm))
    yield* router.add("GET", "/verify-email/done", Effect.succeed(confirmedPage))
  })
)
