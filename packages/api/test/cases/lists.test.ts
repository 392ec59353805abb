import { assert, layer } from "@effect/vitest"
import { NewTask } from "@todo/domain/tasks/Task"
import { Effect, Layer } from "effect"
import lists from "../../../domain/test/cases/lists.json" with { type: "json" }
import { AskingTime } from "../../src/dates/Asker.ts"
import { type Answer, newPerson, type Person } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

/** A task of a case; where `times` says so, several, `for each` of the ones before. */
interface GivenTask {
  readonly as?: string
  readonly title: string
  readonly completed?: boolean
  readonly times?: number
  readonly "for each"?: string
  readonly [member: string]: unknown
}

interface Case {
  readonly id: string
  readonly title: string
  readonly given: {
    readonly now: string
    readonly timeZone: string
    readonly projects?: ReadonlyArray<{ readonly as: string; readonly name: string }>
    readonly tasks: ReadonlyArray<GivenTask>
  }
  readonly do: ReadonlyArray<{
    readonly filter?: string
    readonly search?: string
    readonly sort?: string
    readonly request?: string
    readonly "all pages"?: { readonly limit: number; readonly sort?: string }
    readonly "between pages"?: string
  }>
  readonly expect: {
    readonly steps: ReadonlyArray<{
      readonly set?: ReadonlyArray<string>
      readonly items?: ReadonlyArray<string>
      readonly status?: number
      readonly positionIn?: string
      readonly didYouMean?: string
      readonly pages?: ReadonlyArray<number>
      readonly count?: number
      readonly nextCursor?: string | null
    }>
  }
}

let now = Date.now()

/** The tasks of a case, one by one: `{n}` and `{m}` are their places. */
const spelledOut = (tasks: ReadonlyArray<GivenTask>): ReadonlyArray<GivenTask> =>
  tasks.flatMap(({ times, "for each": each, ...task }) => {
    if (times === undefined) return [task]
    const numbered = (letter: string, one: object): ReadonlyArray<object> =>
      Array.from(
        { length: times },
        (_, index) => JSON.parse(JSON.stringify(one).replaceAll(`{${letter}}`, String(index + 1)))
      )
    const outer = each === undefined ?
      [task] :
      Array.from({ length: 12 }, (_, index) => JSON.parse(JSON.stringify(task).replaceAll("{n}", String(index + 1))))
    return outer.flatMap((one) => numbered(each === undefined ? "n" : "m", one)) as ReadonlyArray<GivenTask>
  })

/** Somebody with what the case begins with, and what the case calls the tasks, by their numbers. */
const beginning = Effect.fnUntraced(function*({ now: instant, projects = [], tasks, timeZone }: Case["given"]) {
  const person: Person = yield* newPerson
  now = Date.parse(instant)
  yield* person.json("PATCH", "/api/v1/settings", { timeZone, weekStart: "mon" })
  const ids = new Map<string, string>()
  for (const { as, name } of projects) {
    ids.set(as, (yield* person.json("POST", "/api/v1/projects", { name })).body.id)
  }
  const names: Array<string> = []
  for (const { as, completed, ...members } of spelledOut(tasks)) {
    const body = Object.fromEntries(
      Object.entries(members).filter(([name]) => name in NewTask.fields).map(([name, value]) => [
        name,
        typeof value === "string" ? value.replace(/^\{(\w+)\}$/, (_, ref: string) => ids.get(ref)!) : value
      ])
    )
    const made = yield* person.json("POST", "/api/v1/tasks", body)
    assert.strictEqual(made.status, 201, made.text)
    if (as !== undefined) ids.set(as, made.body.id)
    names.push(as ?? String(made.body.number))
    if (completed) yield* person.json("PATCH", `/api/v1/tasks/${made.body.id}`, { completed })
  }
  return { person, names }
})

const listing = (parameters: Readonly<Record<string, string>>) =>
  `/api/v1/tasks?${new URLSearchParams(parameters).toString()}`

const numbersIn = ({ body, status, text }: Answer): ReadonlyArray<number> => {
  assert.strictEqual(status, 200, text)
  return body.items.map(({ number }: { readonly number: number }) => number)
}

/** All pages, with two more tasks between each where the case says so. */
const walk = Effect.fnUntraced(function*(person: Person, asked: Readonly<Record<string, string>>, adds: boolean) {
  const pages: Array<ReadonlyArray<number>> = []
  let cursor: string | null = ""
  while (cursor !== null) {
    const page: Answer = yield* person.get(listing({ ...asked, ...cursor === "" ? {} : { cursor } }))
    pages.push(numbersIn(page))
    cursor = page.body.nextCursor
    if (adds) { for (const title of ["Aaa", "Zzz"]) yield* person.json("POST", "/api/v1/tasks", { title }) }
  }
  return pages
})

const run = Effect.fnUntraced(function*({ do: steps, expect, given }: Case) {
  const { names, person } = yield* beginning(given)
  const nameOf = (number: number) => names[number - 1] ?? "added"
  let previous: string | null | undefined
  for (const [index, step] of steps.entries()) {
    const { didYouMean, items, pages, positionIn, set, status, ...expected } = expect.steps[index]!
    if (step["all pages"] !== undefined) {
      const asked = Object.fromEntries(Object.entries(step["all pages"]).map(([name, value]) => [name, String(value)]))
      const found = yield* walk(person, asked, step["between pages"] !== undefined)
      if (pages !== undefined) assert.deepStrictEqual(found.map((page) => page.length), [...pages])
      const seen = found.flat()
      assert.strictEqual(new Set(seen).size, seen.length, "none twice")
      assert.sameMembers(seen.filter((number) => number <= names.length), names.map((_, place) => place + 1))
      continue
    }
    if (step.request !== undefined) {
      const answer = yield* person.get(previous === undefined ? "/api/v1/tasks" : listing({ cursor: previous! }))
      assert.lengthOf(numbersIn(answer), expected.count!)
      assert.strictEqual(answer.body.nextCursor === null, expected.nextCursor === null)
      previous = answer.body.nextCursor
      continue
    }
    const filter = step.filter ?? (step.search === undefined ? undefined : `search: ${step.search}`)
    const answer = yield* person.get(
      listing({ ...filter !== undefined && { filter }, ...step.sort !== undefined && { sort: step.sort } })
    )
    if (status !== undefined) {
      assert.strictEqual(answer.status, status)
      const from = filter!.indexOf(positionIn!)
      assert.isTrue(answer.body.position >= from && answer.body.position < from + positionIn!.length)
      assert.strictEqual(answer.body.didYouMean, didYouMean)
      continue
    }
    const found = numbersIn(answer).map(nameOf)
    if (items === undefined) assert.sameMembers(found, [...set!], filter)
    else assert.deepStrictEqual(found, [...items], filter)
  }
})

layer(TestService.layer.pipe(Layer.provide(Layer.succeed(AskingTime, () => now))), { excludeTestServices: true })(
  "what other programs got wrong in lists, over HTTP",
  (it) => {
    for (const each of lists.cases as unknown as ReadonlyArray<Case>) {
      it.effect(`${each.id}: ${each.title}`, () => run(each), 60_000)
    }
  }
)
