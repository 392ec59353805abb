import type { Row } from "../Table.ts"

/** Where a thing stands: one that nobody has put anywhere by its number, as `keyOfNumber` has it in SQL. */
export const positionOf = (row: Row): string =>
  row["position"] as string | null ?? (0x8000_0000 + Number(row["number"] ?? 0)).toString(16)
