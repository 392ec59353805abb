import type { FilterTree, State } from "@todo/domain/filter/FilterTree"
import type { Bind } from "./DateSql.ts"
import { inProjects } from "./ProjectSql.ts"
import { taggedWith } from "./TagSql.ts"

/** The parts of a tree that are true of all that it lists. */
const parts = (tree: FilterTree): ReadonlyArray<FilterTree> => "and" in tree ? tree.and.flatMap(parts) : [tree]

/**
 * What a filter asks of all that it lists, in the form in which an index has it: beside its condition, as which the planner
 * would read all of a user's tasks. What is asked for is an array, made once: of what is computed beside a row, row-level
 * security lets no index be asked.
 */
export const indexedSql = (tree: FilterTree, bind: Bind): string =>
  parts(tree).filter(isIndexed).slice(0, most).map((part) =>
    "tag" in part
      ? ` AND number = ANY (ARRAY(${taggedWith(part.tag, bind)}))`
      : ` AND project_id = ANY (ARRAY(${inProjects(part.project, part.below !== false, bind)}))`
  ).join("")

/** So many narrow a list enough; more would be more to plan. */
const most = 3

const isIndexed = (
  part: FilterTree
): part is { readonly tag: string } | { readonly project: string; readonly below?: boolean } =>
  ("tag" in part && !part.tag.includes("*")) || ("project" in part && part.project !== null)

/** Whether all that a filter lists is said to be this. */
export const isOf = (state: State, tree: FilterTree): boolean =>
  parts(tree).some((part) => "is" in part && part.is === state)
