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

/**
 * Scalar in the colours of the service's other pages. What can be opened in it is wider than its column on both sides,
 * which on a phone moves the page sideways.
 */
export const docsStylesheet = `
:root {
  --scalar-font: system-ui, sans-serif; --scalar-font-code: ui-monospace, "Liberation Mono", Menlo, monospace;
  --scalar-custom-header-height: ${barHeight};
}
.light-mode { ${colours(light)} }
.dark-mode { ${colours(dark)} }
.references-rendered { overflow-x: clip; }
.todo-bar {
  position: sticky; top: 0; z-index: 20; display: flex; align-items: center; gap: 1rem; height: ${barHeight};
  padding: 0 1rem; box-sizing: border-box; font: .9375rem/1.3 system-ui, sans-serif;
  color: var(--scalar-color-1); background: var(--scalar-background-1); border-bottom: 1px solid var(--scalar-border-color);
}
.todo-bar a { color: var(--scalar-color-accent); white-space: nowrap; }
.todo-bar a:first-child { display: flex; align-items: center; gap: .5rem; font-weight: 650; color: inherit; text-decoration: none; }
.todo-bar img { width: 1.375rem; height: 1.375rem; }
.todo-bar span {
  flex: 1; min-width: 0; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden;
  overflow-wrap: anywhere; text-align: right; color: var(--scalar-color-2);
}
@media (max-width: 30rem) { .todo-bar { gap: .75rem; font-size: .8125rem; } }
`

const bar = `<header class="todo-bar"><a href="/"><img src="/icon.svg" alt="">todo</a>`
  + `<span id="todo-who"></span><a id="todo-sign-in" href="/sign-in">Sign in</a></header>`

/**
 * Gets JWTs for what is tried, by the cookie that signing in gives on this page as on any other, and shows whose the JWT
 * in use is: somebody else may have signed in meanwhile, in another tab. Scalar calls `fetch` for what is tried. A token
 * that somebody has put into the page themselves goes before it.
 */
const script = `<script>
{
  const send = window.fetch.bind(window)
  // The JWT in use.
  let held
  // One after another: what is shown is what came last, and many requests at once buy one JWT.
  let last = Promise.resolve()
  const inTurn = (work) => last = last.then(work, work)
  const show = (email) => {
    document.getElementById("todo-who").textContent = email === undefined
      ? "Sign in, and what you try is yours"
      : email + ": JWTs are sent for you"
    document.getElementById("todo-sign-in").textContent = email === undefined ? "Sign in" : "Sign out"
  }
  const forget = () => {
    held = undefined
    show(undefined)
  }
  const payloadOf = (token) => JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/")))
  const authorized = (request, { token }) => {
    const copy = request.clone()
    copy.headers.set("authorization", "Bearer " + token)
    return send(copy)
  }
  const buy = async () => {
    held = undefined
    const response = await send("/api/auth/token")
    if (response.status === 401) forget()
    if (!response.ok) return undefined
    const { token } = await response.json()
    const { exp, sid, sub } = payloadOf(token)
    const bought = { token, sid, until: exp * 1000 - 10_000 }
    const me = await authorized(new Request("/api/v1/me"), bought)
    show(me.ok ? (await me.json()).email : sub)
    return held = bought
  }
  const look = (anew) => inTurn(async () => {
    if (anew) held = undefined
    const response = await send("/api/auth/get-session")
    if (!response.ok) return
    const found = await response.json()
    if (found === null) forget()
    else if (held?.sid !== found.session.id) await buy()
    else show(found.user.email)
  }).catch(() => {})
  const sendForUser = async (request) => {
    const first = await inTurn(() => held !== undefined && Date.now() < held.until ? held : buy())
    if (first === undefined) return send(request)
    const response = await authorized(request, first)
    if (response.status !== 401) return response
    // The session has ended; there may be another.
    const next = await inTurn(() => held === first ? buy() : held)
    return next === undefined ? response : authorized(request, next)
  }
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { origin, pathname } = new URL(request.url)
    if (origin !== location.origin) return send(request)
    if (pathname.startsWith("/api/v1/") && !/^Bearer ./.test(request.headers.get("authorization") ?? "")) {
      return sendForUser(request)
    }
    const response = await send(request)
    if (pathname.startsWith("/api/auth/")) look(true)
    return response
  }
  window.addEventListener("focus", () => look(false))
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look(false)
  })
  look(false)
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
