import {
  authProblems,
  deviceProblems,
  ownProblems,
  type ProblemEntry,
  problemPath,
  problemReference
} from "@todo/domain/http/ProblemReference"
import { Effect } from "effect"
import { HttpRouter, type HttpServerResponse } from "effect/http"
import { AppConfig } from "../Config.ts"
import { problemAddress } from "../http/ProblemAddress.ts"
import { problemFor } from "../http/ProblemResponses.ts"
import type { SitePath } from "../http/Site.ts"
import { html } from "./Html.ts"
import { negotiated } from "./Negotiated.ts"
import { page } from "./Page.ts"
import { prose, sentence } from "./Prose.ts"

/** What the `type` of a problem leads to: what is told of its code, as a page, as JSON or as plain text. */
export const problemsPages = Effect.map(AppConfig, ({ publicUrl }): ReadonlyArray<SitePath> => {
  const asJson = ({ code, remedy, statuses, title, when }: ProblemEntry) => ({
    type: problemAddress(publicUrl, code),
    code,
    statuses,
    title,
    when,
    remedy
  })

  const one = Effect.flatMap(HttpRouter.params, ({ code = "" }) => {
    const entry = problemReference.get(code)
    return entry === undefined
      ? Effect.succeed(problemFor(404, "There is no problem with this code"))
      : negotiated({
        page: () => entryPage(entry),
        json: () => asJson(entry),
        text: () => `${entry.code}: ${entry.title}\n\nWhen: ${entry.when}.\nWhat to do: ${entry.remedy}.\n`
      })
  })
  const all = negotiated({
    page: () => listPage,
    json: () => ({ items: [...problemReference.values()].map(asJson) }),
    text: () => [...problemReference.values()].map(({ code, title }) => `${code}: ${title}\n`).join("")
  })

  return [{ path: "/problems", get: all }, { path: "/problems/:code", get: one }]
})

const entryPage = ({ code, remedy, statuses, title, when }: ProblemEntry): HttpServerResponse.HttpServerResponse =>
  page({
    title,
    main: html`<dl>
<dt>Code</dt><dd><code class="long">${code}</code></dd>
<dt>Status</dt><dd>${statuses.join(" or ")}</dd>
</dl>
<h2>When it comes</h2>
<p>${sentence(when)}</p>
<h2>What to do</h2>
<p>${sentence(remedy)}</p>
<p class="soft">The answer says more in <code>detail</code>. With its <code>requestId</code> whoever runs the service finds it in the log.</p>
<p><a href="/problems">All problems</a></p>`
  })

const rows = (entries: ReadonlyArray<ProblemEntry>) =>
  html`<ul class="plain">${
    entries.map(({ code, when }) =>
      html`<li><a href="${problemPath(code)}"><code class="long">${code}</code></a><br><span class="soft">${
        prose(when)
      }</span></li>
`
    )
  }</ul>`

const listPage = page({
  title: "What errors mean",
  isWide: true,
  main:
    html`<p>Every error is a problem document (RFC 9457). Its <code>type</code> is the address of one of these pages; a program branches on its <code>code</code>.</p>
<h2>Anywhere</h2>
${rows(ownProblems)}
<h2>Accounts and sessions</h2>
${rows(authProblems)}
<h2>Signing in a device</h2>
${rows(deviceProblems)}`
})
