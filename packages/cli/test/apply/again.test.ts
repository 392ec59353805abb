import { expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { serviceOfRun, useService } from "../support/ServiceFixture.ts"
import { todoHere } from "../support/TodoHere.ts"

const cli = useService()

const letters = ["a", "b", "c", "d", "e", "f", "g"]

/** A task of a file before it has a place: `at` says below which of those before it, and `waits` for which. */
const task = fc.record({
  at: fc.nat(9),
  waits: fc.array(fc.nat(9), { maxLength: 3 }),
  members: fc.record({
    description: fc.option(fc.constantFrom("", "Two\nlines\n", "  kept  ", "日本語")),
    project: fc.constantFrom(null, "inbox", "Home", "Work/Misc", "misc"),
    tags: fc.option(fc.subarray(["x", "X", "Straße", "wait for"])),
    priority: fc.constantFrom(null, "p1", "p3"),
    extra: fc.option(fc.dictionary(fc.constantFrom("k", "l"), fc.option(fc.constantFrom("", "v")))),
    start: fc.constantFrom(null, "2026-12-01", "2026-12-01 08:00")
  }, { requiredKeys: [] }),
  dates: fc.oneof(
    fc.record({ repeat: fc.constant(null), due: fc.constantFrom(null, "2026-12-24", "2026-12-24 18:00 europe/paris") }),
    fc.record({ repeat: fc.constant(null), completed: fc.boolean() }),
    fc.record({
      due: fc.constantFrom("2026-12-03", "2027-01-31 09:30"),
      repeat: fc.constantFrom(
        "every friday",
        "every! 3 days",
        "every month",
        "freq=daily",
        "RRULE:FREQ=WEEKLY;BYDAY=TU,MO",
        { rule: "FREQ=DAILY;INTERVAL=2", from: "completion" },
        { rule: "FREQ=YEARLY", missed: "each" }
      )
    })
  )
})

type Drawn = typeof task extends fc.Arbitrary<infer A> ? A : never

/** Tasks as a file has them: none waits for what it is below, nor for what waits for it, by others and by what is below them too. */
const fileOf = (set: string, names: ReadonlyArray<string>, drawn: ReadonlyArray<Drawn>) => {
  const needs: Array<Set<number>> = []
  const leadsTo = (from: number, to: number): boolean =>
    from === to || [...needs[from] ?? []].some((next) => leadsTo(next, to))
  const depths: Array<number> = []
  const tasks = drawn.map(({ at, dates, members: { project, ...members }, waits }, index) => {
    const parent = at < index && depths[at]! < 4 ? at : undefined
    depths.push(parent === undefined ? 0 : depths[parent]! + 1)
    needs.push(new Set())
    if (parent !== undefined) needs[parent]!.add(index)
    const after = waits.filter((one) => one < index && !leadsTo(one, index))
    for (const one of after) needs[index]!.add(one)
    return {
      externalId: `${set}: ${names[index]}`,
      title: ` Task ${names[index]} ${index} `,
      parent: parent === undefined ? null : `${set}: ${names[parent]}`,
      ...parent === undefined && project !== undefined && { project },
      after: after.map((one) => `${set}: ${names[one]}`),
      ...members,
      ...dates
    }
  })
  return JSON.stringify({ set, tasks })
}

const file = fc.tuple(fc.shuffledSubarray(letters), fc.array(task, { minLength: 7, maxLength: 7 }))

it("has nothing left to do, whatever was before and the file says", { timeout: 600_000 }, async () => {
  const env = {
    TODO_API_URL: serviceOfRun().url,
    TODO_TOKEN: cli.account.sessionToken,
    TODO_CONFIG_DIR: cli.program.configDirectory,
    TZ: "UTC"
  }
  const apply = (stdin: string, ...options: ReadonlyArray<string>) =>
    todoHere(["apply", "-f", "-", "--prune", ...options], { env, stdin })
  let sets = 0
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
      const set = `s${++sets}`
      for (const [names, drawn] of files) {
        const text = fileOf(set, names, drawn.slice(0, names.length))
        const done = await apply(text)
        expect([done.exitCode, done.screen]).toEqual([0, done.stdout])
        expect(await apply(text, "--dry-run")).toMatchObject({
          exitCode: 0,
          screen: `Nothing to do, ${names.length} unchanged\n`
        })
      }
    }),
    { numRuns: 8, endOnFailure: true }
  )
})
