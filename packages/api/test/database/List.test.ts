import { assert, describe, it } from "@effect/vitest"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Duration, Effect, Option, Schema } from "effect"
import * as fc from "fast-check"
import { commitEach } from "../../src/database/connections/GroupCommit.ts"
import { Statements } from "../../src/database/connections/Statements.ts"
import { makeTurns } from "../../src/database/connections/Turns.ts"
import { list } from "../../src/database/List.ts"
import { tasks } from "../../src/tasks/table.ts"

const completed = Schema.UndefinedOr(Schema.Boolean)
const number = Schema.UndefinedOr(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 })))
const place = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 }))

interface Filters {
  readonly completed: boolean
  readonly number: number
}

/** Lists of whom, and what the statement was; none where the cursor was refused. */
const asked = (
  user: UserId,
  query: { readonly [Name in keyof Filters]?: Filters[Name] | undefined } & { cursor?: string }
) =>
  Effect.gen(function*() {
    let statement: { text: string; values: ReadonlyArray<unknown> } | undefined
    const read = yield* list<Filters>(tasks, {
      filters: { completed: (yes) => yes ? "c" : "o", number: (wanted, bind) => `n = ${bind(wanted)}` },
      of: "true",
      newest: ["number"]
    }).pipe(Effect.provideService(Statements, {
      commits: commitEach,
      turns: makeTurns(Duration.infinity),
      run: (text, values) =>
        Effect.sync(() => {
          statement = { text, values }
          return []
        }),
      runLong: () => Effect.die("A list is short"),
      runOnce: () => Effect.die("A list is prepared"),
      runLongOnce: () => Effect.die("A list is short, and prepared")
    }))
    const listing = yield* Effect.option(read(query))
    return Option.map(listing, (found) => ({ ...found, statement: statement! }))
  }).pipe(
    Effect.provideService(CurrentUser, {
      id: user,
      sessionId: SessionId.make("01980000-0000-7000-8000-000000000000"),
      scopes: []
    })
  )

describe("a cursor", () => {
  it.effect.prop(
    "leads back to its place in its own list",
    { user: UserId, completed, number, place },
    ({ completed, number, place, user }) =>
      Effect.gen(function*() {
        const first = Option.getOrThrow(yield* asked(user, { completed, number }))
        const cursor = first.cursorAfter({ id: "", version: 1, number: place })
        const next = Option.getOrThrow(yield* asked(user, { completed, number, cursor }))
        assert.include(next.statement.values, place)
        assert.match(next.statement.text, /number < \$\d/)
      })
  )

  it.effect.prop(
    "leads nowhere in any other list",
    { user: UserId, other: UserId, completed, otherwise: completed, number, another: number, place },
    ({ another, completed, number, other, otherwise, place, user }) =>
      Effect.gen(function*() {
        const first = Option.getOrThrow(yield* asked(user, { completed, number }))
        const cursor = first.cursorAfter({ id: "", version: 1, number: place })
        if (other !== user) assert.isTrue(Option.isNone(yield* asked(other, { completed, number, cursor })))
        if (otherwise !== completed) {
          assert.isTrue(Option.isNone(yield* asked(user, { completed: otherwise, number, cursor })))
        }
        if (another !== number) {
          assert.isTrue(Option.isNone(yield* asked(user, { completed, number: another, cursor })))
        }
      })
  )

  it("is read without a throw, whatever it is", () =>
    fc.assert(fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (cursor) => {
      const user = UserId.make("01980000-0000-7000-8000-000000000000")
      assert.isTrue(Option.isNone(await Effect.runPromise(asked(user, { cursor }))))
    })))
})
