import { TaskNumber } from "@todo/domain/tasks/Task"
import { Schema } from "effect"

/**
 * How a user names a thing. Digits are a number; since an id may begin with six
 * digits or more, such digits also stand for an id where nothing has the number.
 */
export type Ref =
  | { readonly kind: "Number"; readonly number: number; readonly orPrefix: string | null }
  | { readonly kind: "Id"; readonly id: string }
  | { readonly kind: "Prefix"; readonly prefix: string }

const isNumber = Schema.is(TaskNumber)
const minPrefixLength = 6
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const uuidStart = /^[0-9a-f]{1,8}(?:-[0-9a-f]{0,4}){0,3}(?:-[0-9a-f]{0,12})?$/
const hexadecimal = /^[0-9a-f]{6,32}$/

/** The hexadecimal digits of an id or a part of one. */
const digitsOf = (id: string): string => id.replaceAll("-", "").toLowerCase()

/** Whether this, in lower case, may be the beginning of an id, or all of it. */
const isPrefix = (text: string): boolean =>
  digitsOf(text).length >= minPrefixLength && (hexadecimal.test(text) || uuidStart.test(text) && wellPlaced(text))

/** Dashes stand where a UUID has them: every part before the last is whole. */
const wellPlaced = (text: string): boolean =>
  text.split("-").slice(0, -1).every((part, index) => part.length === (index === 0 ? 8 : 4))

/** Whether a reference may be an id, or the first six or more characters of one. */
export const mayBeId = (ref: string): boolean => isPrefix(ref.toLowerCase())

/** Whether a reference is an id, or the first six or more characters of it. */
export const isIdOrPrefix = (ref: string, id: string): boolean => mayBeId(ref) && digitsOf(id).startsWith(digitsOf(ref))

/** Whether a reference is digits alone, or several such as `0-3`: a number, or the beginning of an id, and never a text. */
export const isDigits = (ref: string): boolean => /^#?\d+(?:[,-]#?\d+)?(?:,#?\d+(?:-#?\d+)?)*$/.test(ref.trim())

/**
 * Reads a reference: `7` or `#7`, a whole id, or six or more characters of its
 * beginning. Digits with a leading zero are never a number. Undefined where it
 * is none of these.
 */
export const parseRef = (text: string): Ref | undefined => {
  const ref = text.toLowerCase()
  const number = Number(/^#?([1-9][0-9]{0,9})$/.exec(ref)?.[1])
  if (isNumber(number)) return { kind: "Number", number, orPrefix: isPrefix(ref) ? ref : null }
  if (uuid.test(ref)) return { kind: "Id", id: ref }
  return isPrefix(ref) ? { kind: "Prefix", prefix: digitsOf(ref) } : undefined
}
