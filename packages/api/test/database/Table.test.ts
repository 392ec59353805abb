import { assert, describe, it } from "@effect/vitest"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { RecordedTask, Task } from "@todo/domain/tasks/Task"
import { DateTime, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import type { Row } from "../../src/database/Table.ts"
import { nouns } from "../../src/Service.ts"
import { tagNames, tagsByKey } from "../../src/tags/onTasks.ts"
import { saidRepeat } from "../../src/tasks/DerivedDates.ts"
import { tasks } from "../../src/tasks/table.ts"
import { suite } from "../support/suite.ts"

const asking = { now: Date.parse("2026-10-25T00:30:00.000Z"), timeZone: "Europe/Berlin" as TimeZoneName }

describe("the JSON of a row", () => {
  for (const source of ["the driver", "the record"]) {
    it.effect.prop(`is what the contract encodes: a task from ${source}`, [Task], ([task]) =>
      Effect.gen(function*() {
        const tags = tagsByKey(task.tags)
        const stored = {
          ...task,
          tags: tagNames(tags),
          completedAt: task.completed ? task.completedAt ?? task.createdAt : null
        }
        const inRow = (value: Task[keyof Task]) => {
          if (!DateTime.isDateTime(value)) return value
          const time = DateTime.toDateUtc(value)
          return source === "the driver" ? time : time.toISOString().replace("Z", "+00:00")
        }
        const kept = tasks.members.filter(({ isSet }) => !isSet)
        const row = Object.fromEntries(
          kept.map(({ column, name }) => [column, name === "tags" ? tags : inRow(stored[name as keyof Task])])
        ) as unknown as Row
        const recorded = Schema.encodeEffect(RecordedTask)
        assert.strictEqual(tasks.json(row), JSON.stringify(yield* recorded(stored)))
        const encode = Schema.encodeEffect(Task)
        const answered = tasks.answer(row, asking)
        assert.strictEqual(tasks.json(row, asking), JSON.stringify(yield* encode(answered)))
        const told = { ...stored, repeat: saidRepeat(row) }
        assert.strictEqual(JSON.stringify(yield* recorded(answered)), JSON.stringify(yield* recorded(told)))
      }))
  }
})

describe("the JSON of a row that has nothing of what few have", () => {
  it.effect.prop("is what it is without the text that is ready for it", [Task], ([task]) =>
    Effect.sync(() => {
      const seldom = new Set(tasks.seldom?.columns)
      const value = (name: string) => {
        const value = task[name as keyof Task]
        return DateTime.isDateTime(value) ? DateTime.toDateUtc(value) : value
      }
      const row = Object.fromEntries(
        tasks.members.filter(({ isSet }) => !isSet).map((
          { column, name }
        ) => [column, seldom.has(column) ? null : value(name)])
      ) as unknown as Row
      assert.strictEqual(tasks.json({ ...row, seldom: null }, asking), tasks.json(row, asking))
      assert.strictEqual(tasks.beyond({ ...row, seldom: null }, asking), tasks.beyond(row, asking))
    }))
})

describe("the JSON of a row that is older than a column", () => {
  it("has null for it, as the row itself would have now", () => {
    const row: Row = {
      id: "0198c0de-7a5c-7000-8000-0000000000a1",
      number: 7,
      title: "Old",
      created_at: "2026-10-01T09:30:00.000+00:00",
      updated_at: "2026-10-01T09:30:00.000+00:00",
      version: 1
    }
    assert.strictEqual(tasks.json(row), tasks.json({ ...row, description: null, completed_at: null }))
    assert.deepInclude(JSON.parse(tasks.json(row)), { description: null, completed: false, completedAt: null })
  })
})

suite("a description of a noun", (it) => {
  it.effect("has the columns of its table, with their types, and null where the answer may be", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      for (const { columns, members, most, name, own, shapes, shown = {}, trash } of nouns) {
        const stored = yield* sql<{ name: string; type: string; nullable: boolean }>`
          SELECT attname AS name, format_type(atttypid, atttypmod) AS type, NOT attnotnull AS nullable
          FROM pg_attribute WHERE attrelid = ${`todo.${name}`}::regclass AND attnum > 0 AND NOT attisdropped`
        // What is the service's own has no member.
        const bookkeeping = [
          "user_id",
          "seq",
          ...most === undefined ? [] : ["creation"],
          ...trash ? ["trashed_at"] : []
        ]
        assert.sameMembers(
          stored.map((column) => column.name).filter((name) => !name.endsWith("_folded") && name !== "is_parent"),
          [...columns, ...own.map(({ column }) => column), ...bookkeeping]
        )
        for (const { column, isSet, kind, name: member } of members.filter((member) => !member.isSet)) {
          const { nullable, type } = stored.find((candidate) => candidate.name === column)!
          assert.strictEqual(type.replace(" with time zone", "").replace("timestamp", "timestamptz"), kind, column)
          // Null is what there is nothing in, too, of what is answered otherwise than it is stored.
          const answersNull = Schema.is(shapes.answer.fields[member]!)(null) || member in shown
          assert.strictEqual(nullable, answersNull, column)
          assert.isFalse(isSet)
        }
      }
    }))
})
