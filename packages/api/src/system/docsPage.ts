import { dark, light } from "../pages/stylesheet.ts"

/** How high the bar above the reference is; Scalar leaves as much room for it. */
const barHeight = "3.25rem"

const colours = (palette: string) => `
  ${palette}
  --scalar-background-1: var(--card); --scalar-background-2: var(--ground); --scalar-background-3: var(--tint);
  --scalar-background-accent: var(--tint); --scalar-border-color: var(--line);
  --scalar-color-1: var(--ink); --scalar-color-2: var(--soft); --scalar-color-3: var(--soft);
  --scalar-color-accent: var(--accent); --scalar-link-color: var(--accent); --scalar-link-color-hover: var(--accent-over);
  --scalar-button-1: var(--accent); --scalar-button-1-color: var(--on-accent); --scalar-button-1-hover: var(--accent-over);
  --scalar-sidebar-background-1: var(--ground); --scalar-sidebar-border-color: var(--line);
  --scalar-sidebar-color-1: var(--ink); --scalar-sidebar-color-2: var(--soft);
  --scalar-sidebar-color-active: var(--accent); --scalar-sidebar-item-active-background: var(--tint);
  --scalar-sidebar-item-hover-background: var(--tint); --scalar-sidebar-search-background: var(--card);
  --scalar-sidebar-search-border-color: var(--line); --scalar-sidebar-search-color: var(--soft);
`

/** Scalar in the colours of the service's other pages. */
export const docsStylesheet = `
:root {
  --scalar-font: system-ui, sans-serif; --scalar-font-code: ui-monospace, "Liberation Mono", Menlo, monospace;
  --scalar-custom-header-height: ${barHeight};
}
.light-mode { ${colours(light)} }
.dark-mode { ${colours(dark)} }
.todo-bar {
  position: sticky; top: 0; z-index: 20; display: flex; align-items: center; gap: 1rem; height: ${barHeight};
  padding: 0 1rem; box-sizing: border-box; font: .9375rem/1.3 system-ui, sans-serif;
  color: var(--scalar-color-1); background: var(--scalar-background-1); border-bottom: 1px solid var(--scalar-border-color);
}
.todo-bar a { color: var(--scalar-color-accent); white-space: nowrap; }
.todo-bar a:first-child { display: flex; align-items: center; gap: .5rem; font-weight: 650; color: inherit; text-decoration: none; }
.todo-bar img { width: 1.375rem; height: 1.375rem; }
.todo-bar span { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; text-align: right; color: var(--scalar-color-2); }
`

const bar = `<header class="todo-bar"><a href="/"><img src="/icon.svg" alt="">todo</a>`
  + `<span id="todo-who"></span><a id="todo-sign-in" href="/sign-in">Sign in</a></header>`

/**
 * Shows who is signed in, by the cookie that signing in gives on this page as on any other, and gets JWTs for what is
 * tried. Scalar calls `fetch` for that. A token that somebody has put into the page themselves goes before it.
 */
const script = `<script>
{
  const send = window.fetch.bind(window)
  let jwt, until = 0
  const payloadOf = (token) => JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")))
  const renew = async () => {
    const response = await send("/api/auth/token")
    jwt = response.ok ? (await response.json()).token : undefined
    until = jwt === undefined ? 0 : payloadOf(jwt).exp * 1000 - 10_000
    return jwt
  }
  const look = async () => {
    until = 0
    const session = await send("/api/auth/get-session").then((response) => response.ok ? response.json() : null)
    document.getElementById("todo-who").textContent = session === null
      ? "Sign in, and what you try is yours"
      : session.user.email + ": JWTs are sent for you"
    document.getElementById("todo-sign-in").textContent = session === null ? "Sign in" : "Sign out"
  }
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { origin, pathname } = new URL(request.url)
    const isOwn = origin === location.origin
    if (isOwn && pathname.startsWith("/api/v1/") && !/^Bearer ./.test(request.headers.get("authorization") ?? "")) {
      const token = Date.now() < until ? jwt : await renew()
      if (token !== undefined) request.headers.set("authorization", "Bearer " + token)
    }
    const response = await send(request)
    if (isOwn && pathname.startsWith("/api/auth/")) look()
    return response
  }
  look()
}
</script>`

const places: ReadonlyArray<readonly [place: string, content: string]> = [
  ["<html>", "<html lang=\"en\">"],
  ["<title>todo</title>", "<title>API reference · todo</title>"],
  ["</head>", `<link rel="icon" href="/icon.svg" type="image/svg+xml"></head>`],
  [
    "<div id=\"api-reference-container\">",
    `${bar}${script}<div id="api-reference-container">`
  ]
]

/** Scalar's page, with the bar and its script. */
export const withBar = (html: string): string =>
  places.reduce((text, [place, content]) => {
    const at = text.indexOf(place)
    if (at < 0) throw new Error(`Scalar's page has no ${place}`)
    return text.slice(0, at) + content + text.slice(at + place.length)
  }, html)
