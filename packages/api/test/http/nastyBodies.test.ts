import { assert } from "@effect/vitest"
import { TasksApi } from "@todo/domain/tasks/TasksApi"
import { Effect } from "effect"
import { request } from "node:http"
import { text } from "node:stream/consumers"
import { jsonSizeOf } from "../../src/http/JsonSize.ts"
import { absent } from "../isolation/IdPlaces.ts"
import { operations } from "../isolation/Operations.ts"
import { bearer, newPerson, origin } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"

/** Bodies of that many bytes with something wrong with them, for an operation whose body has these members. */
const nasty = (members: ReadonlyArray<string>, longest: number): Record<string, string> => {
  const fill = (open: string, unit: string, close: string) => {
    const bytes = Buffer.byteLength(unit)
    return open + unit.repeat(Math.floor((longest - open.length - close.length) / bytes)) + close
  }
  return ({
    "unknown members": `{${Array.from({ length: Math.floor(longest / 13) }, (_, i) => `"a${i}":0`).join(",")}}`,
    "unknown members of long names": `{${
      "abcdefgh".split("").map((c) => `"${c.repeat(Math.floor(longest / 9))}":0`).join(",")
    }}`,
    "unknown members of names to escape": `{${
      Array.from({ length: 20 }, (_, i) => `"${"\\u0001".repeat(Math.floor(longest / 150))}${i}":0`).join(",")
    }}`,
    "one unknown member with a long name": fill("{\"", "x", "\":0}"),
    "the same member again and again": fill("{\"title\":0", ",\"title\":0", "}"),
    "numbers": fill("[0", ",0", "]"),
    "empty objects": fill("[{}", ",{}", "]"),
    "commas": ",".repeat(longest),
    "quotes": "\"".repeat(longest),
    "backslashes": `"${"\\".repeat(longest - 1)}`,
    "a long number": "1".repeat(longest),
    "a long word": "x".repeat(longest),
    "deep arrays, not closed": "[".repeat(longest),
    "deep arrays": "[".repeat(longest / 2) + "]".repeat(longest / 2),
    "deep objects, not closed": fill("", "{\"a\":", ""),
    ...Object.fromEntries(members.flatMap((member) => [
      [`${member} of many elements`, fill(`{"${member}":[0`, ",0", "]}")],
      [`${member} of many strings`, fill(`{"${member}":["tasks:read"`, ",\"tasks:read\"", "]}")],
      [`${member} nested deep`, fill(`{"${member}":`, "[", "")],
      [`${member} as a long string`, fill(`{"${member}":"`, "x", "\"}")],
      [`${member} as a long string of white space`, fill(`{"${member}":"x`, " ", "y\"}")],
      [`${member} as a long string to escape`, fill(`{"${member}":"`, "\\n", "\"}")],
      [`${member} as a long string of pairs`, fill(`{"${member}":"`, "\u{1F642}", "\"}")],
      [`${member} as an object of many`, fill(`{"${member}":{"a":0`, ",\"a\":0", "}}")]
    ]))
  })
}

/** Bodies that have as many values as may be, all wrong, for an operation whose body has these members. */
const full = (members: ReadonlyArray<string>, most: number): Record<string, string> => {
  const object = (count: number) => `{${Array.from({ length: count }, (_, i) => `"a${i}":0`).join(",")}}`
  const array = (count: number, element: string) => `[${Array(count).fill(element).join(",")}]`
  return ({
    "as many unknown members as may be": object(most - 1),
    ...Object.fromEntries(members.flatMap((member) => [
      [`${member} of as many elements as may be`, `{"${member}":${array(most - 2, "\"x\"")}}`],
      [`${member} of as many objects as may be`, `{"${member}":${array(Math.floor((most - 2) / 2), "{}")}}`],
      [`${member} of as many members as may be`, `{"${member}":${object(most - 2)}}`],
      [
        `${member} of objects of as many members as may be`,
        `{"${member}":${array(Math.min(400, Math.floor(most / 10)), object(Math.max(1, Math.floor(most / 400) - 3)))}}`
      ]
    ]))
  })
}

interface Asked {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: Buffer | undefined
}

/** Sends a request without `fetch`, whose bodies the tests look through for secrets, and that takes its time. */
const send = (path: string, { body, headers, method }: Asked) =>
  Effect.flatMap(
    TestService,
    ({ url }) =>
      Effect.promise(() =>
        new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) =>
          request(`${url}${path}`, { method, headers }, (response) =>
            text(response).then((text) =>
              resolve({ status: response.statusCode!, text }), reject))
            .on("error", reject)
            .end(body)
        )
      )
  )

/** The milliseconds of the event loop's thread that a request takes at the most, the client's part included. */
const costing = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    const before = process.threadCpuUsage()
    return Effect.map(effect, (answer) => {
      const { system, user } = process.threadCpuUsage(before)
      return { answer, millis: (system + user) / 1000 }
    })
  })

const assertShort = (
  { status, text }: { readonly status: number; readonly text: string },
  what: string,
  expected = 400
) => {
  assert.isBelow(text.length, 16_000, what)
  assert.strictEqual(status, expected, what)
  // An error of OAuth says one thing.
  assert.isAtMost(JSON.parse(text).errors?.length ?? 0, 20, what)
}

/** Five times what it is, on a slow machine; a complaint about each element took seconds. */
const mostMillis = 250

suite("much of anything", (it) => {
  const withBody = operations.filter(({ example }) => example().body !== undefined)

  for (const operation of withBody) {
    it.effect(`is refused at once and shortly by ${operation.name}`, () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const { body } = operation.example()
        const costs: Array<readonly [string, number]> = []
        // Who sends megabytes again and again rests in between: some of the members stand for the others.
        const isLarge = operation.bodyLimit > 2 * 1_048_576
        const members = Object.keys(body!.value as object).slice(0, isLarge ? 2 : undefined)
        for (
          const [length, status] of [[operation.bodyLimit, 400], [
            Math.max(1_048_576, 2 * operation.bodyLimit),
            413
          ]] as const
        ) {
          const bodies = {
            ...nasty(members, length),
            ...(status === 400 ? full(members, operation.bodyValues) : {})
          }
          for (const [what, text] of Object.entries(bodies)) {
            const init = {
              method: operation.method,
              headers: {
                ...bearer(operation.security === "jwt" ? pat.jwt : pat.session),
                ...origin,
                "content-type": body!.contentType
              },
              body: Buffer.from(text)
            }
            const { answer, millis } = yield* costing(send(operation.path.replace(":id", absent), init))
            assertShort(answer, what, init.body.length > operation.bodyLimit ? 413 : status)
            costs.push([what, Math.round(millis)])
          }
        }
        const worst = costs.reduce((a, b) => b[1] > a[1] ? b : a)
        assert.isBelow(worst[1], mostMillis, worst[0])
      }), operation.bodyLimit > 2 * 1_048_576 ? 400_000 : 60_000)
  }

  it.effect("is not read by whom it is not for: there are operations with a body", () =>
    Effect.sync(() => assert.isAtLeast(withBody.length, 15)))

  it.effect("lists the first 20 complaints, with names cut, and says how many there are", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`unknown ${i} ${"x".repeat(100)}`, 0]))
      const answer = yield* pat.json("POST", "/api/v1/tasks", many)
      assert.strictEqual(answer.status, 400)
      assert.lengthOf(answer.body.errors, 20)
      assert.match(answer.body.detail, / \(and 21 more\)$/)
      for (const { path } of answer.body.errors.slice(1)) assert.strictEqual(path[1].length, 65)
      const most = jsonSizeOf(TasksApi.endpoints.create)
      const tooMany = yield* pat.json("POST", "/api/v1/tasks", {
        title: "x",
        description: Array(most.values + 10).fill(0)
      })
      assert.deepStrictEqual(tooMany.body.errors, [
        { path: ["payload"], message: `Expected no more than ${most.values} members and elements in all` }
      ])
      const tooDeep = yield* pat.json("POST", "/api/v1/tasks", {
        title: Array(most.depth).fill(0).reduce((inner: unknown) => [inner], 0)
      })
      assert.deepStrictEqual(tooDeep.body.errors, [
        { path: ["payload"], message: `Expected no more than ${most.depth} levels of objects and arrays` }
      ])
    }))
})

suite("a long head", (it) => {
  const secured = operations.filter(({ security }) => security === "jwt")

  it.effect("is refused at once and shortly, or taken, whatever is in it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const operation of secured) {
        const { body } = operation.example()
        const ask = (query: string, headers: Record<string, string>) =>
          costing(send(`${operation.path.replace(":id", absent)}${query}`, {
            method: operation.method,
            headers: {
              ...bearer(pat.jwt),
              ...(body === undefined ? {} : { "content-type": body.contentType }),
              ...headers
            },
            body: body === undefined ? undefined : Buffer.from(JSON.stringify(body.value))
          }))
        for (
          const [what, query] of [
            ["many parameters", `?${Array.from({ length: 2500 }, (_, i) => i.toString(36)).join("&")}`],
            ["a parameter of a long name", `?${"x".repeat(14_000)}=1`],
            ["a parameter again and again", `?limit=1${"&limit=1".repeat(1700)}`],
            ["names to escape", `?${Array.from({ length: 25 }, (_, i) => `${"%01".repeat(150)}${i}`).join("&")}`]
          ] as const
        ) {
          const { answer, millis } = yield* ask(query, {})
          assertShort(answer, `${operation.name}: ${what}`)
          assert.isBelow(millis, mostMillis, `${operation.name}: ${what}`)
        }
        for (const header of operation.headers) {
          for (const value of ["x".repeat(14_000), "\"1\", ".repeat(2500), "\"".repeat(14_000)]) {
            const { answer, millis } = yield* ask("", { [header]: value })
            assert.isBelow(answer.text.length, 16_000, header)
            assert.isBelow(answer.status, 500, header)
            assert.isBelow(millis, mostMillis, header)
          }
        }
      }
    }))
})
