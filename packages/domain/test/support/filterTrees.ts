import { type FilterTree, states, type Term } from "@todo/domain/filter/FilterTree"
import * as fc from "fast-check"

const dates = [
  "today",
  "tomorrow",
  "yesterday",
  "friday",
  "sunday",
  "3 days ago",
  "in 2 days",
  "2026-10-25",
  "1970-01-01",
  "9999-12-31"
]

/** Names and texts: of letters that need no quotes, of those that do, and of the language's own words. */
const text = fc.oneof(
  fc.constantFrom("milk", "Home", "Work/Misc", "straße", "買い物", "a b", "none", "any", "inbox", "or", "not", "and"),
  fc.constantFrom(
    "School)",
    "5\" pipe",
    "back\\slash",
    "\\\"",
    "=x",
    ":x",
    "#7",
    "R&D",
    "a|b",
    "(",
    "!",
    "*",
    "wo*",
    "<3"
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 })
).map((it) => it.replaceAll("\u0000", "").toWellFormed().trim()).filter((it) => it !== "")

const order = fc.constantFrom("=", "!=", "<", "<=", ">", ">=")
const equality = fc.constantFrom("=", "!=")
const number = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2_147_483_647 }))

/** Ids of the tests' own tasks, too. */
const parentId = fc.oneof(
  fc.uuid({ version: 7 }),
  fc.integer({ min: 0, max: 9 }).map((index) => `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`)
)

/** Terms of all kinds, with such texts and names. */
export const presentTerm = (text: fc.Arbitrary<string>, name = text): fc.Arbitrary<Term> =>
  fc.oneof(
    fc.record({ is: fc.constantFrom(...states) }),
    fc.record({ upcoming: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 366 })) }),
    fc.record({ project: fc.option(name, { nil: null }), below: fc.constantFrom(undefined, true, false) }).map((
      { below, project }
    ) => below === undefined ? { project } : { project, below }),
    fc.record({ tag: name }),
    fc.record({
      field: fc.constantFrom(
        "start",
        "due",
        "created",
        "changed",
        "completed",
        "number",
        "title",
        "description",
        "priority",
        "parent",
        "external"
      ),
      has: fc.boolean()
    }),
    fc.record({ field: fc.constant("priority"), op: equality, value: fc.constantFrom("p1", "p2", "p3") }),
    fc.record({
      field: fc.constantFrom("start", "due", "created", "changed", "completed"),
      op: order,
      value: fc.constantFrom(...dates)
    }),
    fc.record({ field: fc.constant("number"), op: order, value: number }),
    fc.record({
      field: fc.constantFrom("title", "description"),
      op: fc.constantFrom("=", "!=", "contains"),
      value: text
    }),
    fc.record({ field: fc.constant("parent"), op: equality, value: fc.oneof(number, parentId) }),
    fc.record({ field: fc.constant("external"), op: equality, value: text }),
    fc.record({ search: text.map((it) => it.split(/\s+/).join(" ")) })
  ) as fc.Arbitrary<Term>

/** Any term. */
export const anyTerm: fc.Arbitrary<Term> = presentTerm(text)

/** Trees of such terms, in any form that the schema takes. */
export const treesOf = (term: fc.Arbitrary<Term>): fc.Arbitrary<FilterTree> =>
  fc.letrec<{ tree: FilterTree }>((tie) => {
    const parts = fc.array(tie("tree"), { minLength: 1, maxLength: 3 })
    return {
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        term as fc.Arbitrary<FilterTree>,
        parts.map((and) => ({ and })),
        parts.map((or) => ({ or })),
        tie("tree").map((not) => ({ not }))
      )
    }
  }).tree
