import { Schema } from "effect"
import { maxDepth, maxLength, maxSearches, maxTerms, maxWords } from "./Bounds.ts"
import { AnyTree, canonical, type FilterTree, looksIntoText, termsOf } from "./FilterTree.ts"
import { print } from "./Printer.ts"

/** How deep brackets and `not` stand in one another in the text of a canonical tree. */
const depthOf = (tree: FilterTree): number => {
  if ("or" in tree) return Math.max(...tree.or.map(depthOf))
  if ("and" in tree) return Math.max(...tree.and.map((part) => depthOf(part) + ("or" in part ? 1 : 0)))
  return "not" in tree ? 1 + depthOf(tree.not) + ("and" in tree.not || "or" in tree.not ? 1 : 0) : 0
}

/** What of a tree is more than a filter may have. */
export const excess = (tree: FilterTree): string | undefined => {
  const terms = termsOf(tree)
  if (terms.length > maxTerms) return `at most ${maxTerms} terms`
  if (terms.filter(looksIntoText).length > maxSearches) {
    return `at most ${maxSearches} terms that search text or have a *`
  }
  if (terms.some((term) => "search" in term && term.search.trim().split(/\s+/).length > maxWords)) {
    return `at most ${maxWords} words to search for`
  }
  if (depthOf(canonical(tree)) > maxDepth) return `at most ${maxDepth} brackets and nots in one another`
  return [...print(tree)].length > maxLength ? `at most ${maxLength} characters, written as text` : undefined
}

/** Which tasks a list is of, as a tree. It is within the bounds of a text, which each one has. */
export const Filter = AnyTree.check(
  Schema.makeFilter((tree: FilterTree) => {
    const most = excess(tree)
    return most === undefined || `Expected ${most}`
  })
).annotate({
  description: "Which tasks a list is of, as a tree.",
  examples: [{ and: [{ is: "today" }, { not: { tag: "work" } }] }]
})
