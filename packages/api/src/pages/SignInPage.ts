import { Effect, Option } from "effect"
import { AuthOperations } from "../accounts/AuthOperations.ts"
import type { SitePath } from "../http/Site.ts"
import { html } from "./Html.ts"
import { makeOwnForm } from "./OwnForm.ts"
import { goodSign, page } from "./Page.ts"
import { answeringWithPages } from "./ProblemPage.ts"
import { signIn, signInPage, signOut, whoIs } from "./SignIn.ts"

const path = "/sign-in"

/** Signs a browser in, and out, for those who try the API on `/docs`. */
export const signInPath = Effect.gen(function*() {
  const operations = yield* AuthOperations
  const ownForm = yield* makeOwnForm

  const show = Effect.map(
    whoIs(operations),
    Option.match({
      onNone: () => signInPage({ location: path, intro: html`<p>Sign in to try the API as yourself.</p>` }),
      onSome: ({ email }) => signedInPage(email)
    })
  )
  const act = Effect.flatMap(
    ownForm,
    (form) => form.get("action") === "sign-out" ? signOut(operations, path) : signIn(operations, form, path)
  )

  const signingIn: SitePath = { path, get: answeringWithPages(show), post: answeringWithPages(act) }
  return signingIn
})

const signedInPage = (email: string) =>
  page({
    title: "You are signed in",
    sign: goodSign,
    main:
      html`<p>This browser is signed in until it is closed. What you try in the <a href="/docs">API reference</a> is done as you.</p>
<form class="who" method="post" action="${path}">
<span>Signed in as <strong>${email}</strong></span>
<button class="plain" name="action" value="sign-out">Not you? Sign out</button>
</form>`
  })
