import { html, nothing } from "./Html.ts"
import { alert, badSign, goodSign, page } from "./Page.ts"

/** Asks for the address that a mail is to go to. */
export const askPage = ({ email = "", message }: { readonly email?: string; readonly message?: string }) =>
  page({
    status: message === undefined ? 200 : 400,
    title: "Set a new password",
    main: html`${
      message === undefined
        ? html`<p>A mail with a link goes to your address, if it has an account.</p>`
        : alert(message)
    }
<form method="post" action="/reset-password">
<label for="email">Email address</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${email}">
<button class="main wide">Send the mail</button>
</form>`
  })

export const askedPage = page({
  title: "Look for the mail",
  sign: goodSign,
  main: html`<p>If the address has an account, a mail with a link is on its way. The link is good for an hour.</p>
<p class="soft">No mail? Look in the spam folder, or <a href="/reset-password">ask again</a>.</p>`
})

/** Asks for the password to set, twice: nobody sees what is typed. */
export const newPasswordPage = (token: string, message: string | undefined) =>
  page({
    status: message === undefined ? 200 : 400,
    title: "Set a new password",
    main: html`${message === undefined ? nothing : alert(message)}
<form method="post" action="/reset-password?${new URLSearchParams({ token }).toString()}">
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required aria-describedby="rule">
<p class="soft" id="rule">8 to 128 characters. It signs you out everywhere, and ends your tokens for scripts.</p>
<label for="again">The same, once more</label>
<input id="again" name="again" type="password" autocomplete="new-password" required>
<button class="main wide">Set the password</button>
</form>`
  })

export const passwordSetPage = page({
  title: "Your password is set",
  sign: goodSign,
  main:
    html`<p>You are signed out everywhere, and your tokens for scripts have ended. Sign in again with the new password: <code>todo login</code></p>`
})

/** Asks whether to confirm. */
export const confirmPage = (token: string, callbackURL: string | undefined) =>
  page({
    title: "Confirm your address",
    main: html`<p>If you asked for this mail, confirm that the address is yours.</p>
<form method="post" action="/verify-email?${
      new URLSearchParams({ token, ...(callbackURL === undefined ? {} : { callbackURL }) }).toString()
    }">
<button class="main wide">Confirm</button>
</form>`
  })

export const confirmedPage = page({
  title: "Your address is confirmed",
  sign: goodSign,
  main: html`<p>Go on where you came from.</p>
<p class="soft">A terminal that is not signed in: <code>todo login</code></p>`
})

export const staleCodePage = page({
  status: 400,
  title: "This link is no longer good",
  sign: badSign,
  main: html`<p>It was used before, or is older than an hour.</p>
<p><a href="/reset-password">Set a new password</a>, or ask for another mail in your terminal: <code>todo account verify-email</code></p>`
})
