/** What each sequence is called that may be in a text: those with which it is readable on dark and on light. */
const names: Readonly<Record<string, string>> = {
  1: "bold",
  2: "dim",
  7: "inverse",
  22: "/",
  27: "/",
  31: "red",
  32: "green",
  33: "yellow",
  36: "cyan",
  39: "/"
}

// oxlint-disable-next-line no-control-regex
const escape = /\x1b(?:\[([0-9;]*)m|.)/g

/** A screen with its colours as marks that can be read: `{red}! Wed{/}`. */
export const marked = (screen: string): string =>
  screen.replace(escape, (sequence, code: string | undefined) => `{${names[code ?? ""] ?? JSON.stringify(sequence)}}`)

/** The sequences that no text is to have: colours of the background, bright ones, black, white, and what moves the cursor. */
export const disallowed = (screen: string): ReadonlyArray<string> =>
  [...screen.matchAll(escape)].filter(([, code]) => names[code ?? ""] === undefined).map(([sequence]) =>
    JSON.stringify(sequence)
  )
