import { TaskId } from "@todo/domain/tasks/Task"
import { Effect, Schema } from "effect"
import { HttpRouter } from "effect/http"
import { AppConfig } from "../Config.ts"
import { problemFor } from "../http/ProblemResponses.ts"
import type { SitePath } from "../http/Site.ts"
import { html } from "./Html.ts"
import { negotiated } from "./Negotiated.ts"
import { page } from "./Page.ts"

const isId = Schema.is(TaskId)

/**
 * What is at the address of a task, which people give to each other: how whoever may see it does. It is the same for every
 * id, also for one that nothing has: a page that anybody may read tells nothing of anybody's tasks.
 */
export const taskPage = Effect.map(AppConfig, ({ publicUrl }): SitePath => ({
  path: "/tasks/:id",
  get: Effect.flatMap(HttpRouter.params, ({ id: typed = "" }) => {
    const id = typed.toLowerCase()
    if (!isId(id)) return Effect.succeed(problemFor(404, "This is no address of a task"))
    const address = `${publicUrl}/api/v1/tasks/${id}`
    return negotiated({
      page: () => pageOf(id, publicUrl),
      json: () => ({ id, links: { task: address } }),
      text: () => `A task. In your terminal: todo show ${id}\nPrograms read it at ${address}\n`
    })
  })
}))

const pageOf = (id: string, publicUrl: string) =>
  page({
    title: "A task",
    main: html`<p>Only whose it is sees it: in a terminal, signed in here.</p>
<pre><code>todo show <wbr>${id} <wbr>--api-url <wbr>${publicUrl}</code></pre>
<p>The whole address of this page will do in the place of the id, and so it does for <code>done</code>, <code>edit</code> and whatever else takes a task.</p>
<p class="soft">Programs read it at <code class="long">/api/v1/tasks/${id}</code>.</p>`
  })
