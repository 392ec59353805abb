import { allOf, type FilterTree, type Term, termsOf } from "./FilterTree.ts"

/** What a filter is about: it and its negation divide these tasks. */
export interface Scope {
  /** The filter with the `open` that it implies, for all of it and not for its first word. */
  readonly tree: FilterTree
  /** Whether what is in the trash is listed, too: only where the filter says so. */
  readonly trash: boolean
  /** The projects that it names. Of others, those are left out that are archived, or below one that is. */
  readonly projects: ReadonlyArray<string>
}

/** Whether a term says that tasks are asked for which are done. */
const saysDone = (term: Term): boolean =>
  "is" in term ? ["open", "done", "all", "trash"].includes(term.is) : "field" in term && term.field === "completed"

/** Makes plain what a filter implies. */
export const scopeOf = (tree: FilterTree): Scope => {
  const terms = termsOf(tree)
  return {
    tree: terms.some(saysDone) ? tree : allOf([{ is: "open" }, tree]),
    trash: terms.some((term) => "is" in term && term.is === "trash"),
    projects: [...new Set(terms.flatMap((term) => "project" in term && term.project !== null ? [term.project] : []))]
  }
}
