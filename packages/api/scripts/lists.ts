/*
 * How long lists by filter, order and search take a user with 100,000 tasks, beside one with 20,000, one with 100, and
 * 10,000 users with ten: medians of answers over HTTP, on PostgreSQL 18, through the door and row-level security;
 * and how many times as long as the last of them the first takes.
 *
 *   node packages/api/scripts/lists.ts [requests of each, 9] [port, 4895]
 */
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { deploy, quantile, type Service, signUp } from "./Deployment.ts"

const requests = Number(process.argv[2] ?? 9)
const port = Number(process.argv[3] ?? 4895)
const sizes = [100_000, 20_000, 100]

type Person = Awaited<ReturnType<typeof signUp>>

/** What people ask for; the last page of an order is asked for the other way round. */
const lists: ReadonlyArray<readonly [name: string, parameters: Readonly<Record<string, string>>, page?: "last"]> = [
  ["no filter", {}],
  ["open", { filter: "open" }],
  ["done", { filter: "done" }],
  ["p1", { filter: "p1" }],
  ["not p1", { filter: "not p1" }],
  ["a project", { filter: "#Work" }],
  ["a tag", { filter: "@home" }],
  ["not a tag", { filter: "not @home" }],
  ["created today", { filter: "created:today" }],
  ["today", { filter: "today" }],
  ["overdue", { filter: "overdue" }],
  ["upcoming", { filter: "upcoming" }],
  ["today, sort due", { filter: "today", sort: "due" }],
  ["no date", { filter: "no date" }],
  ["repeating", { filter: "repeating" }],
  ["sort due, first", { sort: "due" }],
  ["sort due, last", { sort: "due" }, "last"],
  ["sort -due, first", { sort: "-due" }],
  ["open, sort due, first", { filter: "open", sort: "due" }],
  ["open, sort due, last", { filter: "open", sort: "due" }, "last"],
  ["a project, sort due", { filter: "#Work", sort: "due" }],
  ["sort priority, due", { sort: "priority,due" }],
  ["sort number, first", { sort: "number" }],
  ["sort number, last", { sort: "-number" }],
  ["sort priority", { sort: "priority,-created" }],
  ["sort title", { sort: "title" }],
  ["search rare", { filter: "search:needle" }],
  ["search often", { filter: "search:milk" }],
  ["search none", { filter: "search:nothinglikeit" }],
  ["search 3 words", { filter: "search:\"strasse milch needle\"" }],
  ["4 searches", { filter: "search:aaa or search:bbb or title:ccc or description:ddd" }],
  ["64 terms", { filter: Array.from({ length: 64 }, (_, index) => `number != ${index + 1}`).join(" and ") }]
]

/** Tasks of a realistic spread: a third done, half with dates over three years, a few of each priority, texts in several scripts. */
const fill = (email: string, count: number) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const [user] = yield* sql<{ id: string }>`SELECT "id" FROM auth."user" WHERE "email" = ${email}`
    const uid = user!.id
    yield* sql`INSERT INTO todo.projects (user_id, id, name, name_key, created_at, updated_at, version, seq)
      VALUES (${uid}::uuid, gen_random_uuid(), 'Work', 'work', now(), now(), 1, 0)`
    yield* sql`INSERT INTO todo.tags (user_id, id, name, name_key, created_at, updated_at, version, seq)
      VALUES (${uid}::uuid, gen_random_uuid(), 'home', 'home', now(), now(), 1, 0)`
    yield* sql`INSERT INTO todo.tasks
        (user_id, id, number, title, description, created_at, updated_at, completed_at, priority, project_id, tags, due, due_key)
      SELECT ${uid}::uuid, gen_random_uuid(), n,
        CASE n % 10 WHEN 0 THEN 'Buy milk and bread for the weekend ' WHEN 1 THEN 'Straße fegen, Milch kaufen '
          WHEN 2 THEN '牛乳を買う ' WHEN 3 THEN 'Купить молоко ' ELSE 'Call somebody about something that matters ' END
          || n || CASE WHEN n % 5000 = 7 THEN ' needle' ELSE '' END,
        CASE WHEN n % 3 = 0 THEN repeat('What is to be known of it, in a line or two. ', 1 + n % 6) END,
        now() - n * interval '1 minute', now(), CASE WHEN n % 3 = 1 THEN now() END,
        CASE n % 50 WHEN 0 THEN 'p1' WHEN 1 THEN 'p2' END,
        CASE WHEN n % 100 = 3 THEN (SELECT p.id FROM todo.projects p WHERE p.user_id = ${uid}::uuid) END,
        CASE WHEN n % 100 = 4 THEN '{"home": "home"}'::jsonb END,
        CASE WHEN n % 10 IN (2, 6) THEN jsonb_build_object('date', day)
          WHEN n % 10 IN (0, 4) THEN jsonb_build_object('date', day, 'time', '09:30', 'timeZone', null)
          WHEN n % 10 = 8 THEN jsonb_build_object('date', day, 'time', '09:30', 'timeZone', 'Etc/UTC') END,
        CASE WHEN n % 10 IN (2, 6) THEN 'd' || day WHEN n % 10 IN (0, 4) THEN 'f' || day || 'T09:30'
          WHEN n % 10 = 8 THEN 'z' || day || 'T09:30:00' END
      FROM generate_series(1, ${count}::int) n,
        LATERAL (SELECT (current_date - 550 + n * 7919 % 1100)::text AS day) dated`
    yield* sql`UPDATE todo.counters SET tasks = ${count}, last_number = ${count} WHERE user_id = ${uid}::uuid`
  })

const crowd = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`INSERT INTO auth."user" ("name", "email", "emailVerified")
    SELECT 'Crowd', 'crowd-' || i || '@example.com', false FROM generate_series(1, 10000) i`
  yield* sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
    SELECT u."id", gen_random_uuid(), n, 'Buy milk', now(), now() FROM auth."user" u, generate_series(1, 10) n
    WHERE u."email" LIKE 'crowd-%'`
  // As what makes tasks does.
  yield* sql`UPDATE todo.tasks SET title_folded = todo.folded(title), description_folded = todo.folded(description)`
  yield* sql`VACUUM ANALYZE`
})

/** Where the last page of a list begins. */
const lastCursor = async (service: Service, person: Person, parameters: Readonly<Record<string, string>>) => {
  let cursor = ""
  for (;;) {
    const asked = { ...parameters, limit: "200", ...cursor === "" ? {} : { cursor } }
    const answer = await fetch(`${service.url}/api/v1/tasks?${new URLSearchParams(asked).toString()}`, {
      headers: { authorization: `Bearer ${person.jwt}` }
    })
    const { nextCursor } = await answer.json() as { readonly nextCursor: string | null }
    if (nextCursor === null) return cursor
    cursor = nextCursor
  }
}

const timed = async ({ url }: Service, { jwt }: Person, parameters: Readonly<Record<string, string>>) => {
  const startedAt = performance.now()
  const answer = await fetch(`${url}/api/v1/tasks?${new URLSearchParams(parameters).toString()}`, {
    headers: { authorization: `Bearer ${jwt}` }
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return performance.now() - startedAt
}

await deploy(async ({ postgresUrl, start }) => {
  const service = await start(port, { RATE_LIMITS: "off", ACCESS_TOKEN_TTL: "1 hour" })
  const people: Array<Person> = []
  for (const _ of sizes) people.push(await signUp(service))
  const layer = PgClient.layer({ url: Redacted.make(postgresUrl), maxConnections: 1 })
  await Effect.runPromise(
    Effect.gen(function*() {
      for (const [index, size] of sizes.entries()) yield* fill(people[index]!.email, size)
      yield* crowd
    }).pipe(Effect.provide(layer))
  )
  const columns = sizes.map((size) => `${size.toLocaleString("en").padStart(9)} tasks`)
  console.log(`${"".padEnd(22)}${columns.join("")}   first to last`)
  for (const [name, parameters, page] of lists) {
    const asked: Array<Readonly<Record<string, string>>> = []
    for (const person of people) {
      const cursor = page === "last" ? await lastCursor(service, person, parameters) : ""
      asked.push(cursor === "" ? parameters : { ...parameters, cursor })
    }
    const times = people.map((): Array<number> => [])
    // In turns, so that what else the machine does meanwhile is shared.
    for (let request = 0; request < requests; request++) {
      for (const [index, person] of people.entries()) times[index]!.push(await timed(service, person, asked[index]!))
    }
    const medians = times.map((some) => quantile(some, 0.5))
    const figures = medians.map((median) => `${median.toFixed(1).padStart(12)} ms`)
    console.log(`${name.padEnd(22)}${figures.join("")}${(medians[0]! / medians.at(-1)!).toFixed(1).padStart(16)}`)
  }
})
