import { pad, truncate, widest } from "./TextWidth.ts"

/** How a table is to look. */
export interface TableStyle {
  readonly color: boolean
  /** Of the terminal; undefined when the table goes elsewhere, where it is exact and whole, in columns parted by tabs. */
  readonly columns: number | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

/** A column of a table: what is in it, and how it looks. */
export interface Column<Row> {
  /** Printable, without tabs. */
  readonly text: (row: Row, index: number) => string
  readonly align?: "right"
  /** Cut to what the others leave of the terminal; one column at most. */
  readonly flexible?: true
  readonly paint?: (text: string, row: Row) => string
}

const gap = "  "
/** The flexible column keeps so many columns of the terminal, however narrow that is. */
const minFlexibleWidth = 10

/**
 * A line for each row. On a terminal columns are aligned, and those without any text are left out; elsewhere all are
 * there, whole, with a tab between them, so that the same column is always in the same place.
 */
export const renderTable = <Row>(
  rows: ReadonlyArray<Row>,
  all: ReadonlyArray<Column<Row>>,
  { columns }: Pick<TableStyle, "columns">
): ReadonlyArray<string> =>
  columns === undefined
    ? rows.map((row, index) =>
      all.map(({ paint, text }) => paint === undefined ? text(row, index) : paint(text(row, index), row)).join("\t")
    )
    : aligned(rows, all, columns)

const aligned = <Row>(
  rows: ReadonlyArray<Row>,
  all: ReadonlyArray<Column<Row>>,
  columns: number
): ReadonlyArray<string> => {
  const shown = all
    .map((column) => {
      const texts = rows.map((row, index) => column.text(row, index))
      return { column, texts, width: widest(texts) }
    })
    .filter(({ width }) => width > 0)
  const fixed = shown.reduce((sum, { column, width }) => column.flexible ? sum : sum + width, 0)
  const room = Math.max(minFlexibleWidth, columns - fixed - (shown.length - 1) * gap.length)
  return rows.map((row, index) =>
    shown.map(({ column: { align, flexible, paint }, texts, width }, position) => {
      const whole = texts[index] ?? ""
      const text = flexible ? truncate(whole, room) : whole
      const filled = align === "right"
        ? text.padStart(width)
        : position === shown.length - 1
        ? text
        : pad(text, flexible ? Math.min(room, width) : width)
      return paint === undefined ? filled : paint(filled, row)
    }).join(gap)
  )
}
