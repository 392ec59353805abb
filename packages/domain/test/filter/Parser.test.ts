import { assert, describe, it } from "@effect/vitest"
import { Filter } from "@todo/domain/filter/Filter"
import type { FilterError } from "@todo/domain/filter/FilterError"
import { canonical, type FilterTree } from "@todo/domain/filter/FilterTree"
import { parse, parseFrom } from "@todo/domain/filter/Parser"
import { print } from "@todo/domain/filter/Printer"
import { Scanner } from "@todo/domain/filter/Scanner"
import { Result, Schema } from "effect"
import * as fc from "fast-check"
import { dates } from "../support/filterDates.ts"
import { anyTerm, treesOf } from "../support/filterTrees.ts"

const treeOf = (text: string): FilterTree =>
  Result.getOrThrowWith(parse(text, dates), (error) => new Error(JSON.stringify(error))).tree
const errorOf = (text: string): FilterError => {
  const result = parse(text, dates)
  if (Result.isSuccess(result)) return assert.fail(`${text} is ${JSON.stringify(result.success.tree)}`)
  return result.failure
}
const isFilter = Schema.is(Filter)

describe("a filter", () => {
  const today: FilterTree = { is: "today" }
  const work: FilterTree = { tag: "work" }
  const due = (op: string, value: string) => ({ field: "due", op, value }) as FilterTree

  for (
    const [text, tree] of [
      ["today", today],
      [" TODAY ", today],
      ["today @work", { and: [today, work] }],
      ["today & @work", { and: [today, work] }],
      ["today&@work", { and: [today, work] }],
      ["today and @work", { and: [today, work] }],
      ["today | @work", { or: [today, work] }],
      ["today || @work", { or: [today, work] }],
      ["today or @work", { or: [today, work] }],
      ["today or open and @work", { or: [today, { and: [{ is: "open" }, work] }] }],
      ["(today or open) @work", { and: [{ or: [today, { is: "open" }] }, work] }],
      ["not @work", { not: work }],
      ["!@work", { not: work }],
      ["! @work", { not: work }],
      ["not not @work", { not: { not: work } }],
      ["not(today or @work)", { not: { or: [today, work] } }],
      ["((today))", today],
      ["tomorrow overdue", { and: [{ is: "tomorrow" }, { is: "overdue" }] }],
      ["upcoming", { upcoming: 7 }],
      ["upcoming 3 days", { upcoming: 3 }],
      ["upcoming @work", { and: [{ upcoming: 7 }, work] }],
      ["no date", { field: "due", has: false }],
      ["no tags", { is: "untagged" }],
      ["no priority", { field: "priority", has: false }],
      ["repeating or blocked or ready or subtask", {
        or: [{ is: "repeating" }, { is: "blocked" }, { is: "ready" }, { is: "subtask" }]
      }],
      ["#Work/Misc", { project: "Work/Misc" }],
      ["in:Work", { project: "Work" }],
      ["in: Work", { project: "Work" }],
      ["in:=Work", { project: "Work", below: false }],
      ["in:inbox", { project: null }],
      ["#Inbox", { project: null }],
      ["in:\"inbox\"", { project: "inbox" }],
      ["in:\"School)\"", { project: "School)" }],
      ["@wo*", { tag: "wo*" }],
      ["@\"two words\"", { tag: "two words" }],
      ["p1", { field: "priority", op: "=", value: "p1" }],
      ["priority:P2", { field: "priority", op: "=", value: "p2" }],
      ["priority != p1", { field: "priority", op: "!=", value: "p1" }],
      ["due:today", due("=", "today")],
      ["due<today", due("<", "today")],
      ["due <= 2026-10-01", due("<=", "2026-10-01")],
      ["due before Friday", due("<", "friday")],
      ["due until fri", due("<=", "fri")],
      ["due after \"tomorrow\"", due(">", "tomorrow")],
      ["due from yesterday", due(">=", "yesterday")],
      ["due on friday", due("=", "friday")],
      ["due:none", { field: "due", has: false }],
      ["start : any", { field: "start", has: true }],
      ["number >= 7", { field: "number", op: ">=", value: 7 }],
      ["title:milk", { field: "title", op: "contains", value: "milk" }],
      ["title = \"Reply not in time\"", { field: "title", op: "=", value: "Reply not in time" }],
      ["title=none", { field: "title", op: "=", value: "none" }],
      ["title:none", { field: "title", has: false }],
      ["title:\"none\"", { field: "title", op: "contains", value: "none" }],
      ["external:jira/7:8", { field: "external", op: "=", value: "jira/7:8" }],
      ["parent:7", { field: "parent", op: "=", value: 7 }],
      ["search:milk", { search: "milk" }],
      ["search: oat  milk", { search: "oat milk" }],
      ["search: #2", { search: "#2" }],
      ["search: milk or @work", { or: [{ search: "milk" }, work] }],
      ["search: milk not @work", { and: [{ search: "milk" }, { not: work }] }],
      ["search: \"milk or\" @work", { and: [{ search: "milk or" }, work] }],
      ["\"like last year\"", { search: "like last year" }],
      ["\"5\\\" pipe \\\\ \\n\"", { search: "5\" pipe \\ \\n" }]
    ] as ReadonlyArray<readonly [string, FilterTree]>
  ) {
    it(`${text}`, () => {
      assert.deepStrictEqual(treeOf(text), tree)
      assert.isTrue(isFilter(tree))
    })
  }
})

describe("an error of a filter points at the word", () => {
  for (
    const [text, word, didYouMean] of [
      ["", "", undefined],
      ["  ", "", undefined],
      ["tomorow", "tomorow", "tomorrow"],
      ["@work & tomorow", "tomorow", "tomorrow"],
      ["milk", "milk", "search:milk"],
      ["due < tomorow", "tomorow", "tomorrow"],
      ["due < now+1x", "now+1x", undefined],
      ["due < 2026-02-30", "2026-02-30", undefined],
      ["due < 1969-12-31", "1969-12-31", undefined],
      ["due < \"next time\"", "\"next time\"", undefined],
      ["due < friday 5pm", "5pm", "search:5pm"],
      ["due <", "<", undefined],
      ["due", "due", undefined],
      ["due friday", "friday", undefined],
      ["due == friday", "==", "="],
      ["due => friday", "=>", ">="],
      ["due befor friday", "befor", "before"],
      ["deu:friday", "deu", "due"],
      ["project:Work", "project", "in:"],
      ["tag:home", "tag", "@"],
      ["priority:1", "1", "p1"],
      ["priority < p1", "<", undefined],
      ["number:seven", "seven", undefined],
      ["number:2147483648", "2147483648", undefined],
      ["number:07", "07", undefined],
      ["title < x", "<", undefined],
      ["parent:x", "x", undefined],
      ["no", "no", undefined],
      ["no tag", "tag", "tags"],
      ["upcoming 0 days", "0", undefined],
      ["upcoming 3", "3", undefined],
      ["@", "@", undefined],
      ["in", "in", undefined],
      ["in:", ":", undefined],
      ["in:\"\"", "\"\"", undefined],
      ["#\"Home", "\"Home", undefined],
      ["(today", "(today", undefined],
      ["(today & (open | @x)", "(today", undefined],
      ["today)", ")", undefined],
      ["today &", "&", undefined],
      ["today or", "or", undefined],
      ["today | | open", "| open", undefined],
      ["& today", "& today", undefined],
      ["not", "not", undefined],
      ["()", ")", undefined],
      ["search:", ":", undefined],
      ["\"\"", "\"\"", undefined],
      ["today @a\u0000", "\u0000", undefined],
      ["today \ud800 x", "\ud800", undefined]
    ] as const
  ) {
    it(JSON.stringify(text), () => {
      const error = errorOf(text)
      assert.strictEqual(error.position, word === "" ? 0 : text.lastIndexOf(word))
      assert.strictEqual(error.didYouMean, didYouMean)
      assert.notStrictEqual(error.expected, "")
    })
  }
})

describe("a filter has at most", () => {
  it("2,000 characters, which are not code units", () => {
    const name = (length: number) => `@${"😀".repeat(length - 1)}`
    treeOf(name(2000))
    assert.strictEqual(errorOf(name(2001)).expected, "at most 2000 characters")
  })

  it("64 terms", () => {
    const terms = Array.from({ length: 64 }, (_, index) => `@t${index}`)
    treeOf(terms.join(" | "))
    assert.strictEqual(errorOf([...terms, "@last"].join(" | ")).position, terms.join(" | ").length + " | ".length)
  })

  it("4 terms that look into texts", () => {
    treeOf("search:a & \"b\" & title:c & @d* & @e & title=f")
    const fifth = "search:a & \"b\" & title:c & @d* & description:e"
    assert.strictEqual(errorOf(fifth).position, fifth.indexOf("description"))
  })

  it("16 words to search for", () => {
    treeOf(`search: ${"a ".repeat(16)}`)
    assert.strictEqual(errorOf(`search: ${"a ".repeat(17)}`).position, 8)
  })

  it("16 brackets and nots in one another", () => {
    const deep = (depth: number) => `${"(not ".repeat(depth / 2)}@x${")".repeat(depth / 2)}`
    assert.isTrue(isFilter(treeOf(deep(16))))
    assert.strictEqual(errorOf(deep(18)).position, 8 * "(not ".length)
    const tree = (depth: number): FilterTree => depth === 0 ? { tag: "x" } : { not: tree(depth - 1) }
    assert.isTrue(isFilter(tree(16)))
    assert.isFalse(isFilter(tree(17)))
  })

  it("as much as a tree as it has as a text", () => {
    const tags = (count: number) => ({ or: Array.from({ length: count }, (_, index) => ({ tag: `t${index}` })) })
    assert.isTrue(isFilter(tags(64)))
    assert.isFalse(isFilter(tags(65)))
    assert.isFalse(isFilter({ or: Array.from({ length: 5 }, () => ({ search: "x" })) }))
    assert.isFalse(isFilter({ tag: "x".repeat(2000) }))
    assert.isFalse(isFilter({ search: "a ".repeat(17) }))
    assert.isFalse(isFilter({ and: [] }))
  })
})

/** What people type, and what they should not: pieces of the language in any order, and anything else. */
const anyText = fc.oneof(
  fc.array(
    fc.oneof(
      fc.constantFrom(
        ..."() & | ! not and or \" \\ # @ in: in:= search: due created number title priority parent".split(" ")
      ),
      fc.constantFrom(
        "= != < <= > >= : before until none any today friday 2026-10-01 7 p1 no tags date x * upcoming".split(" ")
      ).chain((it) => fc.constantFrom(...it)),
      fc.string({ unit: "binary", maxLength: 3 })
    ),
    { maxLength: 40 }
  ).chain((pieces) => fc.constantFrom("", " ").map((between) => pieces.join(between))),
  fc.string({ unit: "binary", maxLength: 200 })
)

describe("whatever the text is", () => {
  it("it is a filter, whose text is read as the same, or an error with a place in it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parse(text, dates)
        if (Result.isFailure(result)) {
          const { position } = result.failure
          assert.isTrue(
            position >= 0 && (position < text.length || text === ""),
            JSON.stringify(result.failure)
          )
        } else {
          const { tree } = result.success
          assert.deepStrictEqual(treeOf(print(tree)), tree)
        }
      }),
      { numRuns: 3000 }
    )
  })

  it("reading it is work that its length bounds", () => {
    const most = 40
    const nasty = [
      "(",
      "!",
      "not ",
      "\"",
      "\\\"",
      "a",
      "=",
      "due<",
      "due<friday ",
      "search:a ",
      "search: or ",
      "@* ",
      "no ",
      "upcoming 1",
      ") ",
      "| ",
      "& "
    ]
    const text = fc.oneof(
      anyText,
      fc.record({ piece: fc.constantFrom(...nasty), times: fc.integer({ min: 1, max: 2000 }), last: anyText }).map((
        { last, piece, times }
      ) => piece.repeat(times).slice(0, 2000 - last.length) + last)
    )
    fc.assert(fc.property(text, (text) => {
      const scanner = new Scanner(text, dates)
      parseFrom(scanner)
      assert.isAtMost(scanner.work, most * (text.length + 1))
    }))
  })
})

describe("the text of a tree", () => {
  it("is read as that tree", () => {
    fc.assert(
      fc.property(treesOf(anyTerm).filter(isFilter), (tree) => {
        assert.deepStrictEqual(treeOf(print(tree)), canonical(tree))
        assert.strictEqual(print(treeOf(print(tree))), print(tree))
      }),
      { numRuns: 1000 }
    )
  })

  it("needs no quotes in a shell, where names need none", () => {
    const plain: ReadonlyArray<string> = [
      "in:Home",
      "in:=Home",
      "in:inbox",
      "@work",
      "no tags",
      "due before friday",
      "due until friday",
      "due:friday",
      "due != friday",
      "due from friday",
      "p1",
      "priority != p1",
      "title=Milk",
      "title:milk",
      "search:oat milk",
      "number after 7",
      "parent:7",
      "external:jira/7",
      "due:none",
      "upcoming 3 days",
      "not @work",
      "@a and not @b or today"
    ]
    for (const text of plain) {
      assert.strictEqual(print(treeOf(text)), text)
      assert.match(text, /^[\w@:=/ -]+$|^\w+ != \w+$/)
    }
    assert.strictEqual(print(treeOf("#Home & due<friday | !@work")), "in:Home and due before friday or not @work")
  })
})
