import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { checkPage } from "../accounts/AccountRules.ts"
import { AuthOperations } from "../accounts/AuthOperations.ts"
import { AppConfig } from "../Config.ts"
import { trustedOrigins } from "../http/Origins.ts"
import type { SitePath } from "../http/Site.ts"
import { codeOfUrl } from "./MailCode.ts"
import { confirmedPage, confirmPage, staleCodePage } from "./mailViews.ts"
import { makeOwnForm } from "./OwnForm.ts"
import { seeOther } from "./Page.ts"
import { answeringWithPages } from "./ProblemPage.ts"

/**
 * The page of a mail's link that confirms an address, and goes on to a page of a frontend if the link names one. It
 * takes a button: what looks at the links of mails on its way has confirmed nothing.
 */
export const verifyEmailPages = Effect.gen(function*() {
  const operations = yield* AuthOperations
  const ownForm = yield* makeOwnForm
  const origins = trustedOrigins(yield* AppConfig)

  /** Where the link leads in the end; to the service's own page where it names one that it may not. */
  const landing = Effect.map(
    HttpServerRequest.ParsedSearchParams,
    ({ callbackURL }) =>
      typeof callbackURL === "string" && checkPage(callbackURL, origins, "INVALID_CALLBACK_URL") === undefined
        ? callbackURL
        : undefined
  )

  const show = Effect.gen(function*() {
    return confirmPage(yield* codeOfUrl, yield* landing)
  })
  const confirm = Effect.gen(function*() {
    yield* ownForm
    const response = yield* operations.verifyEmail({ token: yield* codeOfUrl })
    if (response.status === 200) {
      return seeOther((yield* landing) ?? "/verify-email/done")
    }
    return response.status === 401 ? staleCodePage : response
  })

  const paths: ReadonlyArray<SitePath> = [
    { path: "/verify-email", get: answeringWithPages(show), post: answeringWithPages(confirm) },
    { path: "/verify-email/done", get: Effect.succeed(confirmedPage) }
  ]
  return paths
})
