import type { Row, Shapes, Table, TableSpec } from "./Table.ts"

/** The column of what few rows have. */
const packed = "seldom"

/** Whether a row was read packed, and has nothing of what few rows have. */
export const hasNothingSeldom = (row: Row): boolean => row[packed] === null

/**
 * Makes what reads many rows of a table: a column is paid for in each row, whether it has something or not. What few rows
 * have is one array of JSON, null in others; an object would cost PostgreSQL three times as much (docs/adr/0043).
 */
export const packing = (
  { seldom = { columns: [], has: () => "false" } }: TableSpec<Shapes>,
  reads: Table["reads"]
): Pick<Table, "readsPacked" | "unpacked"> => {
  const { columns, has } = seldom
  return {
    readsPacked: (row, user, read = (_, sql) => sql) => {
      const all = new Map(reads(row, user).map(([name, sql]) => [name, read(name, sql)]))
      if (columns.length === 0) return [...all]
      const few = `CASE WHEN ${has(row)} THEN json_build_array(${columns.map((name) => all.get(name)).join(", ")}) END`
      return [...[...all].filter(([name]) => !columns.includes(name)), [packed, few]]
    },
    unpacked: (row) => {
      const values = row[packed] as ReadonlyArray<unknown> | null | undefined
      if (values === null || values === undefined) return row
      const whole: Record<string, unknown> = row
      for (const [index, column] of columns.entries()) whole[column] = values[index]
      return row
    }
  }
}
