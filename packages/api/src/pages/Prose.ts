import { type Html, html } from "./Html.ts"

/** A text in which code stands in backticks. */
export const prose = (text: string): Html =>
  html`${
    text.split("`").map((part, index) => index % 2 === 0 ? html`${part}` : html`<code class="long">${part}</code>`)
  }`

/** The same as a sentence. */
export const sentence = (text: string): Html => prose(`${text[0]!.toUpperCase()}${text.slice(1)}.`)
