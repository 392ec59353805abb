import { TaskNumber } from "@todo/domain/tasks/Task"
import { Schema } from "effect"
import { mayBeId } from "./Ref.ts"

/** Numbers from one to another, both of them too. */
export interface NumberRange {
  readonly from: number
  readonly to: number
}

const some = /^#?[1-9]\d*(?:-#?[1-9]\d*)?(?:,#?[1-9]\d*(?:-#?[1-9]\d*)?)*$/
const isNumber = Schema.is(TaskNumber)

/** The numbers that a reference such as `3-7,9` has; undefined where it is one number, or none. */
export const rangesIn = (text: string): ReadonlyArray<NumberRange> | undefined => {
  if (!/[,-]/.test(text) || !some.test(text) || mayBeId(text)) return undefined
  return text.split(",").map((part) => {
    const [from = NaN, to = from] = part.replaceAll("#", "").split("-").map(Number)
    return { from, to }
  })
}

/** Whether there can be such numbers. */
export const isInOrder = ({ from, to }: NumberRange): boolean => isNumber(from) && isNumber(to) && from <= to
