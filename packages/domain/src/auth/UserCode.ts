import { Option } from "effect"

/** Better Auth's alphabet for user codes: without I, O, 0 and 1, which look alike. */
const pattern = /^[A-HJ-NP-Z2-9]{8}$/

/** The user code in what a person typed, in any case and with any dashes and spaces; none when it cannot be one. */
export const parseUserCode = (text: string): Option.Option<string> => {
  const code = text.replace(/[\s\p{Pd}]/gu, "").toUpperCase()
  return pattern.test(code) ? Option.some(code) : Option.none()
}

/** The code as people compare it: `WDJB-MJHT`. */
export const formatUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`
