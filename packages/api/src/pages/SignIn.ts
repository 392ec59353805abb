import { Effect, Option, Schema } from "effect"
import { HttpServerResponse } from "effect/http"
import type { AuthOperations } from "../accounts/AuthOperations.ts"
import { roundedWait } from "../limits/WaitingTime.ts"
import { type Html, html, nothing } from "./Html.ts"
import { alert, page, seeOther } from "./Page.ts"
import { PageRefusal } from "./PageRefusal.ts"
import { replyOf } from "./Reply.ts"

type Operations = AuthOperations["Service"]

const Session = Schema.NullOr(Schema.Struct({ user: Schema.Struct({ id: Schema.String, email: Schema.String }) }))
const decodeSession = Schema.decodeUnknownSync(Session)

/** Who is signed in with the browser's cookie. */
export const whoIs = Effect.fnUntraced(function*({ getSession }: Operations) {
  const reply = replyOf(yield* getSession)
  if (reply.status !== 200) return yield* new PageRefusal({ response: reply.response })
  return Option.map(Option.fromNullishOr(decodeSession(reply.body)), ({ user }) => user)
})

/** Signs in with the form, and goes on to `location`. */
export const signIn = Effect.fnUntraced(function*(operations: Operations, form: URLSearchParams, location: string) {
  const email = (form.get("email") ?? "").trim()
  const password = form.get("password") ?? ""
  // A session cookie: who approves a device on somebody else's computer is not left signed in there.
  const { refusal, response, status } = replyOf(yield* operations.signIn({ email, password, rememberMe: false }))
  if (status === 200) return seeOther(location, response.cookies)
  const again = (message: string) => signInPage({ location, email, status, message })
  switch (status) {
    case 400:
      return again("Enter your email address and your password.")
    case 401:
      return again("The email address or the password is wrong, or the address is not confirmed yet.")
    case 429: {
      const seconds = response.headers["retry-after"]!
      return HttpServerResponse.setHeader(
        again(`Too many attempts. Try again in ${roundedWait(Number(seconds))}.`),
        "retry-after",
        seconds
      )
    }
    default:
      return status === 403 && refusal !== undefined ? again(`${refusal.detail}.`) : response
  }
})

/** Signs out, and goes on to `location`. */
export const signOut = ({ signOut }: Operations, location: string) =>
  Effect.map(signOut, (response) => response.status === 200 ? seeOther(location, response.cookies) : response)

/** The form that signs somebody in, sent to `location`. */
export const signInPage = ({ email = "", intro = nothing, location, message, status = 200 }: {
  readonly location: string
  readonly email?: string
  /** What stands above the form. */
  readonly intro?: Html
  /** Why it is shown again. */
  readonly message?: string
  readonly status?: number
}) =>
  page({
    status,
    title: "Sign in",
    main: html`${message === undefined ? intro : alert(message)}
<form method="post" action="${location}">
<label for="email">Email address</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${email}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button class="main wide" name="action" value="sign-in">Sign in</button>
</form>
<p class="after"><a href="/reset-password">Forgot your password?</a></p>
<p class="soft">No account yet? Make one in your terminal: <code>todo signup</code></p>`
  })
