import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { newPerson, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { publicUrl } from "../support/TestService.ts"

const browser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" }
const nobodys = "01a2071e-8c91-7672-8884-77be71a73907"

suite("the address of a task", (it) => {
  it.effect("is a page that says how to see it, as JSON and plain text too", () =>
    Effect.gen(function*() {
      const shown = yield* send(`/tasks/${nobodys}`, { headers: browser })
      assert.strictEqual(shown.status, 200)
      assert.strictEqual(shown.headers.get("content-type"), "text/html; charset=utf-8")
      assert.include(shown.text, `todo show <wbr>${nobodys} <wbr>--api-url <wbr>${publicUrl}`)
      const { body } = yield* send(`/tasks/${nobodys.toUpperCase()}`)
      assert.deepStrictEqual(body, { id: nobodys, links: { task: `${publicUrl}/api/v1/tasks/${nobodys}` } })
      assert.include((yield* send(`/tasks/${nobodys}`, { headers: { accept: "text/plain" } })).text, "todo show")
    }))

  it.effect("tells nobody whether there is such a task", () =>
    Effect.gen(function*() {
      const ada = yield* newPerson
      const { body: { id } } = yield* ada.json("POST", "/api/v1/tasks", { title: "Secret" })
      const shown = yield* send(`/tasks/${id}`, { headers: browser })
      assert.strictEqual(
        shown.text.replaceAll(id, nobodys),
        (yield* send(`/tasks/${nobodys}`, { headers: browser })).text
      )
      assert.notInclude(shown.text, "Secret")
    }))

  it.effect("is none without an id: 404", () =>
    Effect.gen(function*() {
      for (const path of ["/tasks/7", "/tasks/<b>", "/tasks/%3Cb%3E", "/tasks"]) {
        const shown = yield* send(path, { headers: browser })
        assert.strictEqual(shown.status, 404, path)
        assert.notInclude(shown.text, "<b>", path)
      }
    }))
})
