/** How often something may be done: `quota` times at once, and evenly as often again in each `window` of seconds. */
export interface Policy {
  readonly name: string
  readonly quota: number
  readonly window: number
}

/** Per client address, all of `/api/auth`: an office behind one address stays below it, a flood does not. */
export const anything: Policy = { name: "auth", quota: 600, window: 60 }

/**
 * Per client address: signing in, and whatever else checks a password or a
 * secret of a mail. A replica checks some forty a second, one after another: one
 * address may take up a hundredth of that.
 */
export const passwordCheck: Policy = { name: "signin", quota: 30, window: 60 }

/**
 * Per account and client address, wrong passwords: ten slips, then one try in
 * six minutes. 10,000 guesses from one address take six weeks.
 */
export const guess: Policy = { name: "guess", quota: 10, window: 3600 }

/**
 * Per account, wrong passwords from all addresses together that it has not
 * been signed in to from: many addresses help a guesser to one try in two
 * minutes, within the hundred in a row that NIST SP 800-63B allows.
 */
export const strangerGuess: Policy = { name: "account", quota: 30, window: 3600 }

/** Per user, passwords that a signed-in person is asked for again: who found a session cannot try many. */
export const confirmation: Policy = { name: "password", quota: 20, window: 3600 }

/** Per client address: a school behind one address can sign up in one lesson. */
export const signUp: Policy = { name: "signup", quota: 300, window: 3600 }

/** Per client address, requests for a mail: each sends one to somebody who may not want it. */
export const mail: Policy = { name: "mail", quota: 20, window: 3600 }

/** Per account and kind of mail, mails. Who is shut out by another's requests has five with a good link. */
export const mailbox: Policy = { name: "mailbox", quota: 5, window: 3600 }

/** Per client address, sign-ins of devices that begin: each makes a row. The terminals of a school can sign in in one lesson. */
export const device: Policy = { name: "device", quota: 300, window: 3600 }

/**
 * Per client address, user codes that nobody waits with: there are 2^40, and
 * each is good for ten minutes (RFC 8628, 5.1).
 */
export const userCode: Policy = { name: "usercode", quota: 30, window: 3600 }

/** Per session: a JWT lasts minutes, but each run of the terminal program may ask for one. */
export const token: Policy = { name: "token", quota: 120, window: 60 }
