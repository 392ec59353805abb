/** How many characters a new password has at least, and at most. */
export const passwordLimits = { min: 8, max: 128 } as const

/**
 * How long a text may be, in UTF-16 units, before it is normalised: no longer one comes down to 128 characters, and
 * none is worth the work.
 */
const mostUnits = 2048

/**
 * The password as it is hashed: the same text however a keyboard makes it, `é` as one character or as two (NFKC; NIST
 * SP 800-63B).
 */
export const normalPassword = (typed: string): string => typed.normalize("NFKC")

/** How many characters it has: code points of the normal text; Infinity for what is too long to be looked at. */
export const passwordLength = (typed: string): number =>
  typed.length > mostUnits ? Infinity : [...normalPassword(typed)].length
