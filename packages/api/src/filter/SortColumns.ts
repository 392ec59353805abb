import { type FilterTree, termsOf } from "@todo/domain/filter/FilterTree"
import { searchWords } from "@todo/domain/filter/Search"
import type { SortKey } from "@todo/domain/filter/Sort"
import { orderOfTasks } from "../database/order/Order.ts"
import type { Kind } from "../database/Table.ts"
import type { Asked, Bind } from "./DateSql.ts"
import { sortInstant } from "./DueOrder.ts"
import { contains, foldedText } from "./FoldedText.ts"

/** What a list is put in order by: an expression of a row, and the kind of its values, which a cursor keeps. */
export interface SortColumn {
  readonly expression: string
  readonly kind: Kind
  /** Whether a row may have no value. Where it has one, an index that has no order of its own for nulls can be read. */
  readonly mayBeNull?: true
  /** The column of keys of dates that it is made from. */
  readonly dates?: string
}

/** A key of dates, by the instants that they are where whoever asks is. */
const dated = (column: string) => (asked: Asked, bind: Bind): SortColumn => ({
  expression: sortInstant(column, asked.place, bind),
  kind: "timestamptz(3)",
  mayBeNull: true,
  dates: column
})

/** Keys whose values depend on who asks. */
const asking: Partial<Readonly<Record<SortKey["key"], (asked: Asked, bind: Bind) => SortColumn>>> = {
  start: dated("start_key"),
  due: dated("due_key")
}

/** By the names of keys; a key of a new member is a line here. Texts are compared by their code points, wherever they are. */
const columns: Partial<Readonly<Record<SortKey["key"], SortColumn>>> = {
  number: { expression: "number", kind: "integer" },
  created: { expression: "created_at", kind: "timestamptz(3)" },
  changed: { expression: "updated_at", kind: "timestamptz(3)" },
  completed: { expression: "completed_at", kind: "timestamptz(3)", mayBeNull: true },
  priority: { expression: "priority COLLATE \"C\"", kind: "text", mayBeNull: true },
  position: { expression: orderOfTasks.key("tasks"), kind: "text" },
  title: { expression: `${foldedText("title")} COLLATE "C"`, kind: "text" }
}

/** Whether tasks can be put in order by a key. */
export const isSortable = (key: SortKey["key"]): boolean =>
  key === "relevance" || columns[key] !== undefined || dependsOnPlace(key)

/** Whether it matters for a key where whoever asks is. */
export const dependsOnPlace = (key: SortKey["key"]): boolean => asking[key] !== undefined

/** How a key that they can be put in order by does it. */
export const sortColumn = (
  key: SortKey["key"],
  tree: FilterTree | undefined,
  asked: Asked,
  bind: Bind
): SortColumn => columns[key] ?? asking[key]?.(asked, bind) ?? { expression: relevance(tree, bind), kind: "integer" }

/** 1 where all that is searched for is in the title, 2 where some of it is elsewhere. */
const relevance = (tree: FilterTree | undefined, bind: Bind) => {
  const words = new Set(
    tree === undefined ? [] : termsOf(tree).flatMap((term) => "search" in term ? searchWords(term.search) : [])
  )
  const hits = [...words].map((word) => contains(foldedText("title"), word, bind))
  return hits.length === 0 ? "1" : `CASE WHEN ${hits.join(" AND ")} THEN 1 ELSE 2 END`
}
