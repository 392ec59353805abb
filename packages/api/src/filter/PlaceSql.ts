import type { Bind } from "./DateSql.ts"
import type { OrderKey } from "./TaskList.ts"

/** The order of a list in SQL: what has no value of a key is last, whichever way round. */
export const orderSql = (keys: ReadonlyArray<OrderKey>): string =>
  keys.map(({ descending, expression, mayBeNull }) =>
    `${expression} ${descending ? "DESC" : "ASC"}${mayBeNull ? " NULLS LAST" : ""}`
  ).join(", ")

/** Whether a row comes after the place that has these values: in the first key that tells them apart. */
export const afterSql = (keys: ReadonlyArray<OrderKey>, place: ReadonlyArray<unknown>, bind: Bind): string => {
  const alternatives: Array<string> = []
  const same: Array<string> = []
  for (const [index, { descending, expression, mayBeNull }] of keys.entries()) {
    const value = place[index]
    // After what is absent comes nothing.
    if (value !== null) {
      const later = `${expression} ${descending ? "<" : ">"} ${bind(value)}`
      alternatives.push([...same, mayBeNull ? `(${later} OR ${expression} IS NULL)` : later].join(" AND "))
    }
    same.push(value === null ? `${expression} IS NULL` : `${expression} = ${bind(value)}`)
  }
  return alternatives.length === 0 ? "false" : `(${alternatives.map((one) => `(${one})`).join(" OR ")})`
}
