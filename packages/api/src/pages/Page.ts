import type { Cookies } from "effect/http"
import { HttpServerResponse } from "effect/http"
import { createHash } from "node:crypto"
import { type Html, html, nothing } from "./Html.ts"
import { stylesheet } from "./stylesheet.ts"

/** Nothing but the stylesheet, and forms to the service itself: no script, no picture, no frame. */
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(stylesheet).digest("base64")}'`,
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'"
].join("; ")

const headers = {
  "content-security-policy": policy,
  "cache-control": "no-store",
  // With no-referrer a browser would send its forms with `Origin: null`.
  "referrer-policy": "same-origin"
}

const logo =
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><rect width="24" height="24" rx="6.5" fill="currentColor"/><path d="m6.8 12.4 3.5 3.5 7-7.4" fill="none" stroke="Canvas" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`

/** A page of the service, for people: works without scripts, and is kept by nobody. */
export const page = (content: {
  /** The heading, and the name of the tab where it has no other. */
  readonly title: string
  readonly name?: string
  /** What stands below the heading. */
  readonly main: Html
  /** What stands above it. */
  readonly sign?: Html
  /** Whether it is more text than a form. */
  readonly isWide?: boolean
  /** Whether it is the one that the others lead to. */
  readonly isHome?: boolean
  /** 200 when absent. */
  readonly status?: number
  readonly cookies?: Cookies.Cookies
}): HttpServerResponse.HttpServerResponse => {
  const body = html`<title>${content.name ?? `${content.title} · todo`}</title>
</head>
<body${content.isWide === true ? html` class="wide"` : nothing}>
<header><a href="/">${logo} todo</a></header>
<main>
${content.sign ?? []}<h1>${content.title}</h1>
${content.main}
</main>
<footer>${
    content.isHome === true ? nothing : html`<a href="/">About this service</a> `
  }<a href="/docs">API reference</a></footer>
</body>
</html>
`
  return HttpServerResponse.text(
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>${stylesheet}</style>
${body.markup}`,
    {
      status: content.status ?? 200,
      headers,
      contentType: "text/html; charset=utf-8",
      ...(content.cookies === undefined ? {} : { cookies: content.cookies })
    }
  )
}

/** Sends the browser on to a page with GET (303), so that reloading it does nothing twice. */
export const seeOther = (location: string, cookies?: Cookies.Cookies): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.empty({
    status: 303,
    headers: { location, "cache-control": "no-store" },
    ...(cookies === undefined ? {} : { cookies })
  })

/** An error above a form. It takes the focus, so that it is read out first. */
export const alert = (message: string): Html =>
  html`<p class="alert" role="alert" tabindex="-1" autofocus>${message}</p>`

/** Marks a page that tells how something ended. */
export const goodSign =
  html`<div class="sign"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m4.5 12.8 5 5 10-11" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg></div>
`
/** The same, where it did not end well. */
export const badSign =
  html`<div class="sign bad"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="m6 6 12 12M18 6 6 18" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/></svg></div>
`
