import { oneLine } from "../http/Text.ts"

/** How many characters the name of an account has at most. */
export const maxNameLength = 100

/** Whether an account may have this name: some characters, white space around them aside, on one line. */
export const isName = (text: string): boolean => {
  const { length } = [...text.trim()]
  return length >= 1 && length <= maxNameLength && oneLine.test(text)
}
