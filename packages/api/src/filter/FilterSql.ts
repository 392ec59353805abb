import type { FilterTree, Term } from "@todo/domain/filter/FilterTree"
import type { Scope } from "@todo/domain/filter/Scope"
import { numberMeant, searchWords } from "@todo/domain/filter/Search"
import { type Asked, type Bind, onDays } from "./DateSql.ts"
import { columns, conditions, searched } from "./FilterColumns.ts"
import { projectSql } from "./ProjectSql.ts"
import { tagSql } from "./TagSql.ts"

/**
 * The condition of a filter with what it implies, but for what is archived. Nothing of what a user has written is in it:
 * values have their places in the statement.
 */
export const filterSql = ({ trash, tree }: Scope, asked: Asked, bind: Bind): string =>
  `${trash ? "" : "trashed_at IS NULL AND "}${treeSql(tree, asked, bind)}`

/*
 * A term may be null where the column is. AND and OR make of that what they make of false, as long as nothing turns it
 * round: NOT would leave it null, IS NOT TRUE does not. So `A` and `not A` divide what there is.
 */
const treeSql = (tree: FilterTree, asked: Asked, bind: Bind): string => {
  const joined = (parts: ReadonlyArray<FilterTree>, by: string) =>
    `(${parts.map((part) => treeSql(part, asked, bind)).join(by)})`
  if ("and" in tree) return joined(tree.and, " AND ")
  if ("or" in tree) return joined(tree.or, " OR ")
  return "not" in tree ? `(${treeSql(tree.not, asked, bind)}) IS NOT TRUE` : termSql(tree, asked, bind)
}

const termSql = (term: Term, asked: Asked, bind: Bind): string => {
  if ("is" in term) return conditions[term.is](asked, bind)
  if ("upcoming" in term) return onDays(1, term.upcoming, asked, bind)
  if ("project" in term) return projectSql(term.project, term.below !== false, bind)
  if ("tag" in term) return tagSql(term.tag, bind)
  if ("search" in term) return searchSql(term.search, bind)
  const field = columns[term.field]
  return "has" in term
    ? `${field.column} IS ${term.has ? "NOT " : ""}NULL`
    : field.compare(term.op, term.value, bind, asked)
}

const searchSql = (text: string, bind: Bind) => {
  const words = searchWords(text).map((word) => {
    const number = numberMeant(word)
    const places = searched.map((holds) => holds(word, bind))
    return `(${[...places, ...number === undefined ? [] : [`number = ${bind(number)}`]].join(" OR ")})`
  })
  return words.length === 0 ? "true" : `(${words.join(" AND ")})`
}
