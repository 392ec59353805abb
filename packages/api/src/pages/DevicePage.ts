import { parseUserCode } from "@todo/domain/auth/UserCode"
import { Clock, Effect, Option } from "effect"
import { HttpServerRequest, type HttpServerResponse } from "effect/http"
import { AuthOperations } from "../accounts/AuthOperations.ts"
import { DeviceOperations } from "../accounts/DeviceOperations.ts"
import { DeviceRequests } from "../accounts/DeviceRequests.ts"
import { AppConfig } from "../Config.ts"
import { makeClientAddress, networkOf } from "../http/ClientAddress.ts"
import type { SitePath } from "../http/Site.ts"
import { approvedPage, codePage, deniedPage, devicePath, expiredPage, reviewPage, usedPage } from "./deviceViews.ts"
import { html } from "./Html.ts"
import { makeOwnForm } from "./OwnForm.ts"
import { page, seeOther } from "./Page.ts"
import { answeringWithPages } from "./ProblemPage.ts"
import { type Reply, replyOf } from "./Reply.ts"
import { signIn, signInPage, signOut, whoIs } from "./SignIn.ts"

/** The page on which a person lets a device in, or does not (RFC 8628, 3.3), and those that it leads to. */
export const devicePages = Effect.gen(function*() {
  const operations = yield* AuthOperations
  const devices = yield* DeviceOperations
  const ownForm = yield* makeOwnForm
  const requests = yield* DeviceRequests
  const addressOf = makeClientAddress((yield* AppConfig).trustedProxies)

  const show = Effect.fnUntraced(function*(typed: string | undefined) {
    const person = yield* whoIs(operations)
    if (Option.isNone(person)) return signInPage({ location: devicePath(typed), intro: signInFirst })
    const { email } = person.value
    if (typed === undefined) return codePage(email, undefined)
    const wrong = codePage(email, { typed })
    const code = Option.getOrUndefined(parseUserCode(typed))
    if (code === undefined) return wrong
    // Within the limits of those who guess at codes.
    const reply = replyOf(yield* devices.status(code))
    if (reply.status !== 200) return refusalOf(reply, wrong)
    const found = Option.getOrUndefined(yield* requests.find(code))
    if (found?.status !== "pending") return usedPage
    const { address, requestedAt, userAgent } = found
    const here = addressOf(yield* HttpServerRequest.HttpServerRequest)
    const minutesAgo = Math.floor(((yield* Clock.currentTimeMillis) - requestedAt.getTime()) / 60_000)
    return reviewPage({ code, email, userAgent, address, minutesAgo, near: networkOf(address) === networkOf(here) })
  })

  const decide = Effect.fnUntraced(function*(typed: string | undefined, decision: "approved" | "denied") {
    const person = yield* whoIs(operations)
    if (Option.isNone(person)) {
      return signInPage({ location: devicePath(typed), status: 401, message: "Sign in first." })
    }
    const wrong = codePage(person.value.email, { typed: typed ?? "" })
    const code = Option.getOrUndefined(parseUserCode(typed ?? ""))
    if (code === undefined) return wrong
    const reply = replyOf(yield* devices.decide(code, decision, "by bearer token or cookie"))
    if (reply.status === 200) return seeOther(`/device/${decision}`)
    const isKnown = Option.isSome(yield* requests.find(code))
    return refusalOf(reply, isKnown ? usedPage : wrong)
  })

  const act = Effect.fnUntraced(function*(typed: string | undefined) {
    const form = yield* ownForm
    const action = form.get("action")
    switch (action) {
      case "sign-in":
        return yield* signIn(operations, form, devicePath(typed))
      case "sign-out":
        return yield* signOut(operations, devicePath(typed))
      case "approve":
        return yield* decide(typed, "approved")
      case "deny":
        return yield* decide(typed, "denied")
      default:
        return page({ status: 400, title: "Nothing was asked", main: html`<p><a href="/device">Start again</a></p>` })
    }
  })

  const paths: ReadonlyArray<SitePath> = [
    {
      path: "/device",
      get: answeringWithPages(Effect.flatMap(typedCode, show)),
      post: answeringWithPages(Effect.flatMap(typedCode, act))
    },
    { path: "/device/approved", get: Effect.succeed(approvedPage) },
    { path: "/device/denied", get: Effect.succeed(deniedPage) }
  ]
  return paths
})

const signInFirst = html`<p>Sign in to approve your terminal.</p>`

/** The code of the URL, as it was typed. */
const typedCode = Effect.map(HttpServerRequest.ParsedSearchParams, ({ user_code }) => {
  const typed = (typeof user_code === "string" ? user_code : user_code?.[0])?.slice(0, 64)
  return typed === "" ? undefined : typed
})

/** What a refusal of Better Auth's means: `invalid_request` differs with the operation. */
const refusalOf = ({ refusal, response, status }: Reply, invalid: HttpServerResponse.HttpServerResponse) => {
  if (status !== 400) return response
  return refusal?.code === "expired_token" ? expiredPage : invalid
}
