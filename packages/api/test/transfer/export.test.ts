import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { newId } from "../batch/newId.ts"
import { type Answer, assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const parts = Effect.fnUntraced(function*(person: Person) {
  const found: Array<Record<string, ReadonlyArray<{ readonly id: string }>>> = []
  let cursor: string | null = ""
  while (cursor !== null) {
    const { body, status, text }: Answer = yield* person.get(
      `/api/v1/export${cursor === "" ? "" : `?cursor=${cursor}`}`
    )
    assert.strictEqual(status, 200, text)
    found.push(body)
    cursor = body.nextCursor
  }
  return found
})

suite("GET /api/v1/export", (it) => {
  it.effect("has each thing once, in as many parts as it needs, and a part is a document", () =>
    Effect.gen(function*() {
      const [pat, sam] = [yield* newPerson, yield* newPerson]
      const tasks = Array.from({ length: 60 }, (_, nth) => ({
        id: newId(),
        title: `Task ${nth}`,
        description: "x".repeat(20_000)
      }))
      const comments = tasks.slice(0, 3).map(({ id }) => ({ id: newId(), taskId: id, text: "Said" }))
      const project = { id: newId(), name: "Home" }
      yield* pat.json("POST", "/api/v1/import", { version: 1, tasks, comments, projects: [project] })
      const found = yield* parts(pat)
      assert.isAbove(found.length, 1)
      assert.sameMembers(found.flatMap(({ tasks }) => tasks!.map(({ id }) => id)), tasks.map(({ id }) => id))
      assert.lengthOf(found.flatMap(({ comments }) => comments!), 3)
      assert.lengthOf(found.flatMap(({ projects }) => projects!), 1)
      const last = found.at(-1)!
      const answer = yield* sam.json("POST", "/api/v1/import", last)
      assert.strictEqual(answer.status, 200, answer.text)
      assert.strictEqual(answer.body.counts.create, last["tasks"]!.length + 1)
    }))

  it.effect("leaves out the trash, and what is said there", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("Milk")
      yield* pat.json("POST", `/api/v1/tasks/${id}/comments`, { text: "Two litres" })
      yield* pat.json("DELETE", `/api/v1/tasks/${id}`, "")
      const [part] = yield* parts(pat)
      assert.deepStrictEqual([part!["tasks"], part!["comments"]], [[], []])
    }))

  it.effect("refuses a cursor that is none of its own", () =>
    Effect.gen(function*() {
      const [pat, sam] = [yield* newPerson, yield* newPerson]
      const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")
      const place = [sam.id, "tasks", "00000000-0000-0000-0000-000000000000"]
      assert.strictEqual((yield* sam.get(`/api/v1/export?cursor=${written(place)}`)).status, 200)
      const others = [place, [pat.id, "tokens", place[2]], [pat.id, "tasks", "x"], [pat.id], 7, "", null, [
        pat.id,
        "tasks",
        "\u0000"
      ]]
      for (const cursor of [...others.map(written), "nonsense"]) {
        assertProblem(yield* pat.get(`/api/v1/export?cursor=${cursor}`), 400, "invalid_request")
      }
    }))
})
