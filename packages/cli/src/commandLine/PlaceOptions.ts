import { Option } from "@commander-js/extra-typings"

const names = ["before", "after", "first", "last"]

/** An option that says where things are to stand: one of them at the most. */
const place = <const Flags extends string>(flags: Flags, description: string) => {
  const option = new Option(flags, description)
  return option.conflicts(names.filter((name) => name !== option.attributeName()))
}

/** The options of a move of things that are referred to so: what stands beside, or an end of the list. */
export const placeOptions = <const Ref extends string>(ref: Ref, one: string) => ({
  before: place(`--before <${ref}>`, `right before this ${one}, wherever that is`),
  after: place(`--after <${ref}>`, `right after this ${one}, wherever that is`),
  first: place("--first", "before all others there"),
  last: place("--last", "behind all others there")
})

/** The end of a list that they name. */
export const endOf = ({ first, last }: { readonly first?: true | undefined; readonly last?: true | undefined }) =>
  first ? "first" as const : last ? "last" as const : undefined
