import type { Person } from "../load/Load.ts"
import { figure, median, millis, type Table } from "../report/Table.ts"
import type { Measurement, Side } from "../stage/Side.ts"
import { interleave } from "./interleave.ts"
import type { Scenario } from "./Scenario.ts"

/** A page of 200 follows another up to the last; its cursor is what the work `last` begins from. */
const findLastPage = async (person: Person, url: string): Promise<Person> => {
  let cursor = ""
  for (;;) {
    const answer = await fetch(`${url}/api/v1/tasks?limit=200${cursor === "" ? "" : `&cursor=${cursor}`}`, {
      headers: { authorization: `Bearer ${person.token}` }
    })
    const { nextCursor } = await answer.json() as { nextCursor: string | null }
    if (nextCursor === null) return { ...person, cursor }
    cursor = nextCursor
  }
}

type Pairs = ReadonlyArray<readonly [Measurement, Measurement]>

const compare = (title: string, names: readonly [string, string], pairs: Pairs): Table => {
  const ratios = pairs.map(([one, other]) => other.latency.p95 / one.latency.p95)
  return {
    title,
    columns: ["", "p50 ms", "p95 ms", "ratio of p95"],
    rows: names.map((name, i) => [
      name,
      millis(median(pairs.map((pair) => pair[i]!.latency.p50))),
      millis(median(pairs.map((pair) => pair[i]!.latency.p95))),
      i === 0 ? "" : figure(median(ratios), 2)
    ])
  }
}

/** Does a list cost more where there are more people, or where its owner has more tasks? */
export const growth: Scenario = async ({ options, pair, say, stage }) => {
  const { pairs, seconds, tasksEach, users } = options
  const few = Math.max(1, Math.round(users / 100))
  const [large] = await pair()
  const small = await stage.service({ users: few, tasksEach })
  const list = (side: Side, work: "list" | "last" = "list") => () =>
    side.measure({ work, connections: 8, seconds, warmUpSeconds: 1 })
  say(`list with ${few} and ${users} users`)
  const byUsers = await interleave(pairs, list(small), list(large))
  await small.server.stop()

  const long = 1000 * tasksEach
  const single = await stage.service({ users: 1, tasksEach: long }, findLastPage)
  say(`first and last page of ${figure(long)} tasks`)
  const byPage = await interleave(pairs, list(single), list(single, "last"))
  await single.server.stop()

  const how = `8 connections, closed loop, medians of ${pairs} pairs of ${seconds} s`
  return {
    data: { byUsers, byPage },
    tables: [
      compare(
        `List 20 as the service grows: ${how}`,
        [`${figure(few)} users x ${tasksEach} tasks`, `${figure(users)} users x ${tasksEach} tasks`],
        byUsers
      ),
      compare(`The pages of one user with ${figure(long)} tasks: ${how}`, ["first page", "last page"], byPage)
    ]
  }
}
