import type { Mail } from "./Mail.ts"

/**
 * What the service writes to people. No mail repeats what a stranger could have
 * typed, such as a name: it would carry their words to whom they like.
 */
const mail = (to: string, subject: string, ...paragraphs: ReadonlyArray<string>): Mail => ({
  to,
  subject,
  text: `${paragraphs.join("\n\n")}\n`
})

/** A secret that a mail brings: as a link, and as a code for the terminal. */
export interface Key {
  readonly link: string
  readonly code: string
}

const lasts = "Both are good for an hour."
const ignore = "If that was not you, do nothing: nothing changes."

const opens = ({ code, link }: Key, command: string) =>
  `${link}\n\nIn a terminal: ${command}, with this code:\n\n${code}`

export const confirmAddress = (to: string, key: Key, resetPage: string) =>
  mail(
    to,
    "Confirm your address",
    "Somebody, probably you, made a todo account with this address, and chose its password. This link confirms that the address is yours:",
    opens(key, "todo account verify-email"),
    lasts,
    `If that was not you, do not use the link. To have the account all the same, set a password of your own first:\n\n${resetPage}`
  )

export const confirmNewAddress = (to: string, key: Key) =>
  mail(
    to,
    "Confirm your new address",
    "You asked to use this address for your todo account. This link makes it so, and signs you out everywhere:",
    opens(key, "todo account verify-email"),
    lasts,
    ignore
  )

export const resetPassword = (to: string, key: Key) =>
  mail(
    to,
    "Set a new password",
    "Somebody, probably you, asked for a new password for your todo account. This link sets one:",
    opens(key, "todo account reset-password"),
    lasts,
    ignore
  )

export const accountExists = (to: string, resetPage: string) =>
  mail(
    to,
    "You have an account already",
    "Somebody, probably you, tried to make a todo account with this address. It has one already: sign in, or set a new password:",
    resetPage,
    ignore
  )

export const passwordChanged = (to: string, resetPage: string) =>
  mail(
    to,
    "Your password has changed",
    "The password of your todo account has changed, and you are signed out everywhere else. Look at your tokens for scripts, too: todo token list",
    `If that was not you, set a new password at once:\n\n${resetPage}`
  )

export const passwordReset = (to: string, resetPage: string) =>
  mail(
    to,
    "Your password has changed",
    "The password of your todo account has been set anew with the code of a mail. You are signed out everywhere, and every token for scripts has ended: make new ones with todo token create.",
    `If that was not you, somebody reads your mail. Set a new password at once:\n\n${resetPage}`
  )

export const addressChanged = (to: string) =>
  mail(
    to,
    "Your address has changed",
    "Your todo account has another address now, and this one is no longer used.",
    "If that was not you, somebody has your password. Ask who runs the service for help."
  )

export const accountDeleted = (to: string) =>
  mail(
    to,
    "Your account is deleted",
    "Your todo account is gone, with all its tasks, tokens and sessions."
  )
