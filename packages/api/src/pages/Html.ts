/** Markup in which every text is escaped. Only `html` makes it. */
export interface Html {
  readonly markup: string
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;" }

const render = (value: string | Html | ReadonlyArray<Html>): string =>
  typeof value === "string"
    ? value.replace(/[&<>"']/g, (character) => entities[character]!)
    : "markup" in value
    ? value.markup
    : value.map(render).join("")

/** Writes HTML. Texts are escaped, for elements and for quoted attributes; what is `Html` already stays. */
export const html = (
  strings: TemplateStringsArray,
  ...values: ReadonlyArray<string | Html | ReadonlyArray<Html>>
): Html => ({ markup: String.raw({ raw: strings }, ...values.map(render)) })

/** Nothing. */
export const nothing: Html = html``
