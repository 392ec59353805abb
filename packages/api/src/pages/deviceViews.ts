import { formatUserCode } from "@todo/domain/auth/UserCode"
import { html } from "./Html.ts"
import { alert, badSign, goodSign, page } from "./Page.ts"

/** Where the page of a code is; without one, where a code is asked for. */
export const devicePath = (code: string | undefined): string =>
  code === undefined ? "/device" : `/device?${new URLSearchParams({ user_code: code }).toString()}`

const account = (email: string, path: string) =>
  html`<form class="who" method="post" action="${path}">
<span>Signed in as <strong>${email}</strong></span>
<button class="plain" name="action" value="sign-out">Not you? Sign out</button>
</form>`

/** Asks for the code that the terminal shows. */
export const codePage = (email: string, wrong: { readonly typed: string } | undefined) =>
  page({
    status: wrong === undefined ? 200 : 404,
    title: wrong === undefined ? "Sign in a device" : "That code is not known",
    main: html`${
      wrong === undefined
        ? html`<p>Enter the code that your terminal shows, such as ${formatUserCode("WDJBMJHT")}.</p>`
        : alert("Check the code in your terminal. Each is good once, for ten minutes.")
    }
<form method="get" action="/device">
<label for="code">Code</label>
<input class="large" id="code" name="user_code" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" value="${
      wrong?.typed ?? ""
    }">
<button class="main wide">Continue</button>
</form>
<p class="soft">No code? Type <code>todo login</code> in your terminal for a new one.</p>
${account(email, "/device")}`
  })

/** Shows what asks to be signed in, and lets the person decide. */
export const reviewPage = (review: {
  readonly code: string
  readonly email: string
  readonly userAgent: string
  readonly address: string
  /** Whether the device and this browser have the same address. */
  readonly near: boolean
  readonly minutesAgo: number
}) => {
  const path = devicePath(review.code)
  return page({
    title: "Sign in your terminal?",
    main:
      html`<p>The <strong>todo terminal program</strong> asks to sign in to your account. Is this the code in your terminal?</p>
<p class="code"><strong>${formatUserCode(review.code)}</strong></p>
<dl>
<dt>Asked</dt><dd>${ago(review.minutesAgo)}</dd>
<dt>From</dt><dd>${review.address}<br><span class="soft">${
        review.near ? "this browser’s network" : "not this browser’s network"
      }</span></dd>
<dt>Calls itself</dt><dd>${review.userAgent === "" ? "nothing" : review.userAgent}</dd>
</dl>
<p class="note">Approve only if you started this yourself: whoever has that terminal can then read and change all your tasks.</p>
<form class="choice" method="post" action="${path}">
<button class="main" name="action" value="approve">Approve</button>
<button name="action" value="deny">Deny</button>
</form>
${account(review.email, path)}`
  })
}

const ago = (minutes: number) =>
  minutes < 1 ? "less than a minute ago" : minutes === 1 ? "a minute ago" : `${minutes} minutes ago`

/** The device is signed in, or will be when it asks again. */
export const approvedPage = page({
  title: "Approved",
  sign: goodSign,
  main: html`<p>Go back to your terminal: it is signed in within seconds.</p>
<p class="soft">You can close this page.</p>`
})

/** The device stays outside. */
export const deniedPage = page({
  title: "Denied",
  sign: badSign,
  main: html`<p>The terminal was not signed in, and its code is of no use any more.</p>
<p class="soft">If you did not start this, nothing more is to do. You can close this page.</p>`
})

/** The code was good once. */
export const expiredPage = ended(
  410,
  "This code has expired",
  "A code is good for ten minutes, and nobody approved this one in time."
)

/** Somebody has decided before. */
export const usedPage = ended(410, "This code has been used", "It was approved or denied before. A code is good once.")

function ended(status: number, title: string, reason: string) {
  return page({
    status,
    title,
    sign: badSign,
    main: html`<p>${reason}</p>
<p>Type <code>todo login</code> in your terminal for a new one.</p>`
  })
}
