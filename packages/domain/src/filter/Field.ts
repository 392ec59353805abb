import { Schema } from "effect"
import { Text } from "../http/Text.ts"
import { expectedDate, maxDateLength } from "./DateValue.ts"

const order = ["=", "!=", "<", "<=", ">", ">="] as const
const equality = ["=", "!="] as const
const words = [...equality, "contains"] as const

/** How a field may be compared with a value. */
export type Operator = typeof order[number] | typeof words[number]

/** The greatest number that a task may have. */
const greatest = 2_147_483_647

const number = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: greatest })).annotate({
  description: "A number.",
  examples: [7]
})
/** What words are one is known where filters are read: the schema tells their form alone. */
const date = Text.check(
  Schema.isPattern(/^\S+(?: \S+)*$/, { message: `Expected ${expectedDate}` }),
  Schema.isMaxLength(maxDateLength, { message: `Expected ${expectedDate}` })
).annotate({
  description: "A day, such as 2026-10-01, or words for one, such as friday, next month or 3 days ago.",
  examples: ["friday"]
})
const text = Text.check(Schema.isPattern(/\S/)).annotate({ description: "A text.", examples: ["milk"] })
const id = Schema.String.check(Schema.isUUID()).annotate({
  description: "The id of a task.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000a1"]
})

/**
 * The kinds of fields: how they may be compared, what `:` means, and what stands on the other side. None of them says
 * whether p1 is more or less than p2: other programs number priorities both ways round.
 */
export const kinds = {
  date: { operators: order, colon: "=", value: date, expected: expectedDate },
  number: { operators: order, colon: "=", value: number, expected: "a number, such as 7" },
  priority: {
    operators: equality,
    colon: "=",
    value: Schema.Literals(["p1", "p2", "p3"]).annotate({ description: "A priority.", examples: ["p1"] }),
    expected: "p1, p2 or p3"
  },
  text: { operators: words, colon: "contains", value: text, expected: "a text" },
  key: {
    operators: equality,
    colon: "=",
    value: Text.check(Schema.isMinLength(1)).annotate({ description: "An external id.", examples: ["import-7"] }),
    expected: "an external id"
  },
  task: {
    operators: equality,
    colon: "=",
    value: Schema.Union([number, id]).annotate({ description: "The number or the id of a task." }),
    expected: "the number or the id of a task"
  }
} as const

/** What filters compare, each of a kind. */
export const fields = {
  start: "date",
  due: "date",
  created: "date",
  changed: "date",
  completed: "date",
  number: "number",
  title: "text",
  description: "text",
  priority: "priority",
  parent: "task",
  external: "key"
} as const satisfies Readonly<Record<string, keyof typeof kinds>>

export type Kind = keyof typeof kinds
export type Field = keyof typeof fields

/** The fields of a kind. */
export type FieldOf<K extends Kind> = { [F in Field]: (typeof fields)[F] extends K ? F : never }[Field]

/** The names of all fields. */
export const fieldNames = Object.keys(fields) as ReadonlyArray<Field>

/** The names of the fields of a kind. */
export const fieldsOf = <K extends Kind>(kind: K): ReadonlyArray<FieldOf<K>> =>
  fieldNames.filter((name): name is FieldOf<K> => fields[name] === kind)
