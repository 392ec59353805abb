import { assert, describe, it } from "@effect/vitest"
import { TaskNumber } from "@todo/domain/tasks/Task"
import { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { UserId } from "@todo/domain/users/User"
import { Option, Schema } from "effect"
import * as fc from "fast-check"
import { makeCursor, readCursor } from "../../src/tasks/Cursor.ts"

const completed = Schema.UndefinedOr(Schema.Boolean)

describe("a cursor", () => {
  it.prop(
    "leads back to its place in its own list",
    { user: UserId, completed, before: TaskNumber },
    ({ before, completed, user }) => {
      const scope = { user, completed }
      assert.deepStrictEqual(readCursor(scope, makeCursor(scope, before)), Option.some(before))
    }
  )

  it.prop(
    "leads nowhere in any other list",
    { user: UserId, other: UserId, completed, otherwise: completed, before: TaskNumber },
    ({ before, completed, other, otherwise, user }) => {
      const cursor = makeCursor({ user, completed }, before)
      if (other !== user) assert.isTrue(Option.isNone(readCursor({ user: other, completed }, cursor)))
      if (otherwise !== completed) {
        assert.isTrue(Option.isNone(readCursor({ user, completed: otherwise }, cursor)))
      }
    }
  )

  it("is read without a throw, whatever it is", () => {
    const user = UserId.make("01980000-0000-7000-8000-000000000000")
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      assert.isTrue(Option.isNone(readCursor({ user, completed: undefined }, TaskCursor.make(text))))
    }))
  })
})
