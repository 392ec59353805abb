import { Result } from "effect"
import { type Failure, usage } from "../failures/Failure.ts"

/**
 * How a user names a task. Digits are a number; since an id may begin with six
 * digits or more, such digits also stand for an id when no task has the number.
 */
export type TaskRef =
  | { readonly kind: "Number"; readonly number: number; readonly orPrefix: string | null }
  | { readonly kind: "Id"; readonly id: string }
  | { readonly kind: "Prefix"; readonly prefix: string }

const maxNumber = 2_147_483_647
const minPrefixLength = 6
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const uuidStart = /^[0-9a-f]{1,8}(?:-[0-9a-f]{0,4}){0,3}(?:-[0-9a-f]{0,12})?$/
const hexadecimal = /^[0-9a-f]{6,32}$/

/** The hexadecimal digits of an id or a part of one. */
export const digitsOf = (id: string): string => id.replaceAll("-", "").toLowerCase()

/** Whether this, in lower case, may be the beginning of an id, or all of it. */
export const isPrefix = (text: string): boolean =>
  digitsOf(text).length >= minPrefixLength && (hexadecimal.test(text) || uuidStart.test(text) && wellPlaced(text))

/** Dashes stand where a UUID has them: every part before the last is whole. */
const wellPlaced = (text: string): boolean =>
  text.split("-").slice(0, -1).every((part, index) => part.length === (index === 0 ? 8 : 4))

/**
 * Reads a reference: `7` or `#7`, a whole id, or six or more characters of its
 * beginning. Digits with a leading zero are never a number.
 */
export const parseTaskRef = (text: string): Result.Result<TaskRef, Failure> => {
  const ref = text.toLowerCase()
  const number = /^#?([1-9][0-9]{0,9})$/.exec(ref)
  if (number !== null && Number(number[1]) <= maxNumber) {
    return Result.succeed({ kind: "Number", number: Number(number[1]), orPrefix: isPrefix(ref) ? ref : null })
  }
  if (uuid.test(ref)) return Result.succeed({ kind: "Id", id: ref })
  if (isPrefix(ref)) return Result.succeed({ kind: "Prefix", prefix: digitsOf(ref) })
  return Result.fail(usage(
    `${JSON.stringify(text)} does not name a task`,
    "Give its number, its id, or the first 6 or more characters of its id."
  ))
}
