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
  /**
   * Cut to so many columns at the least, where the flexible one has too few for its text; the last column first. Where that
   * is not enough it is left out.
   */
  readonly yieldsTo?: number
  /** What is in it where the flexible column would have to be cut. */
  readonly short?: (row: Row, index: number) => string
  /** How a text is cut; by itself at its end. */
  readonly cut?: (text: string, columns: number) => string
  readonly paint?: (text: string, row: Row) => string
}

const gap = "  "
/** The flexible column keeps so many columns of the terminal, however narrow that is. */
const minFlexibleWidth = 10
/** So many it has before others lose some of theirs. */
const readableWidth = 36
/** So many it has before others are left out. */
const wantedWidth = 20

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

interface Shown<Row> {
  readonly column: Column<Row>
  readonly texts: ReadonlyArray<string>
  readonly width: number
}

/** A column whose texts are cut to so many columns. */
const cutTo = <Row>({ column, texts }: Shown<Row>, columns: number): Shown<Row> => {
  const { cut = truncate } = column
  const fitting = texts.map((text) => cut(text, columns))
  return { column, texts: fitting, width: widest(fitting) }
}

/** Cuts columns so that all of them fit, where that is possible. */
const fitted = <Row>(all: ReadonlyArray<Shown<Row>>, columns: number): ReadonlyArray<Shown<Row>> => {
  const whole = all.find(({ column }) => column.flexible)
  if (whole === undefined) return all
  let shown = [...all]
  const room = () =>
    columns - (shown.length - 1) * gap.length - shown.reduce((sum, { width }) => sum + width, 0) + whole.width
  const wanted = Math.min(whole.width, readableWidth)
  for (const [index, one] of [...all.entries()].toReversed()) {
    const { column: { yieldsTo = Infinity }, width } = one
    const missing = Math.min(wanted - room(), width - yieldsTo)
    if (missing > 0) shown[index] = cutTo(one, width - missing)
  }
  for (const { column } of all.toReversed()) {
    if (column.yieldsTo !== undefined && room() < Math.min(whole.width, wantedWidth)) {
      shown = shown.filter((one) => one.column !== column)
    }
  }
  return shown.filter(({ width }) => width > 0).map((one) =>
    one === whole ? cutTo(whole, Math.max(minFlexibleWidth, room())) : one
  )
}

const aligned = <Row>(
  rows: ReadonlyArray<Row>,
  all: ReadonlyArray<Column<Row>>,
  columns: number
): ReadonlyArray<string> => {
  const shownBy = (textOf: (column: Column<Row>) => Column<Row>["text"]) =>
    all.map((column) => {
      const texts = rows.map(textOf(column))
      return { column, texts, width: widest(texts) }
    }).filter(({ width }) => width > 0)
  const whole = shownBy(({ text }) => text)
  const fits = whole.reduce((sum, { width }) => sum + width + gap.length, -gap.length) <= columns
  const shown = fitted(fits ? whole : shownBy(({ short, text }) => short ?? text), columns)
  return rows.map((row, index) => {
    const last = shown.findLastIndex(({ texts }) => texts[index] !== "")
    return shown.slice(0, last + 1).map(({ column: { align, paint }, texts, width }, position) => {
      const text = texts[index] ?? ""
      const filled = align === "right" ? text.padStart(width) : position === last ? text : pad(text, width)
      return paint === undefined || text === "" ? filled : paint(filled, row)
    }).join(gap)
  })
}
