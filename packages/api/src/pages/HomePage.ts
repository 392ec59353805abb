import { problemPath } from "@todo/domain/http/ProblemReference"
import { Effect } from "effect"
import { AppConfig } from "../Config.ts"
import type { SitePath } from "../http/Site.ts"
import { html } from "./Html.ts"
import { negotiated } from "./Negotiated.ts"
import { page } from "./Page.ts"

/** What is at the address that people are given: where everything else is. */
export const homePage = Effect.map(AppConfig, ({ publicUrl }): SitePath => {
  const links = {
    documentation: `${publicUrl}/docs`,
    openapi: `${publicUrl}/openapi.json`,
    problems: `${publicUrl}/problems`,
    tasks: `${publicUrl}/api/v1/tasks`,
    signUp: `${publicUrl}/api/auth/sign-up/email`,
    signIn: `${publicUrl}/api/auth/sign-in/email`,
    health: `${publicUrl}/health/ready`
  }
  const shown = pageAt(publicUrl)
  return {
    path: "/",
    get: negotiated({
      page: () => shown,
      json: () => ({ name: "todo", description, links }),
      text: () => [`${description}\n\n`, ...Object.entries(links).map(([name, url]) => `${name}: ${url}\n`)].join("")
    })
  }
})

const description = "A to-do service, for terminals and programs."

const pageAt = (publicUrl: string) =>
  page({
    title: "Your to-do list, wherever you type",
    name: "todo",
    isWide: true,
    isHome: true,
    main:
      html`<p>This is a to-do service: each person has a list of tasks that nobody else sees. You use it from a terminal, from scripts and CI, or through a program of your own.</p>
<h2>In your terminal</h2>
<pre><code>export TODO_API_URL=<wbr>${publicUrl}
todo signup
todo add Buy milk
todo list</code></pre>
<p>With an account: <code>todo login</code>. To get <code>todo</code>, run <code>npm run install-cli</code> in a checkout of its repository; it needs Node 20.16 or later.</p>
<h2>From your programs</h2>
<ul>
<li><a href="/docs">The API, to read and to try</a>. <a href="/sign-in">Sign in</a> first, and what you try there is yours.</li>
<li><a href="/openapi.json">OpenAPI document</a>, to generate a client from</li>
<li><a href="/problems">What errors mean</a>, such as <a href="${
        problemPath("task_changed")
      }"><code class="long">task_changed</code></a></li>
</ul>
<h2>Your account</h2>
<ul>
<li><a href="/sign-in">Sign in</a> with this browser</li>
<li><a href="/device">Let a terminal in</a> that shows a code</li>
<li><a href="/reset-password">Set a new password</a></li>
</ul>`
  })
