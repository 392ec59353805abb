/** How values are printed for programs: each as one line, but for `json`, which is one value. */
export type Format =
  | { readonly kind: "json" | "ndjson" | "fields"; readonly fields: ReadonlyArray<string> | undefined }
  | { readonly kind: "template"; readonly parts: ReadonlyArray<TemplatePart> }

/** A text, or the path of a member. */
export type TemplatePart = { readonly text: string } | { readonly path: string }

/** The paths of `--fields number,due.date`; undefined where one is empty. */
export const fieldsOf = (text: string): ReadonlyArray<string> | undefined => {
  const fields = text.split(",").map((field) => field.trim())
  return fields.every((field) => /^[^.]+(?:\.[^.]+)*$/.test(field)) ? fields : undefined
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\" }

/** The parts of a template such as `{{number}}\t{{title}}`; undefined where a bracket is missing, or all. */
export const templateOf = (text: string): ReadonlyArray<TemplatePart> | undefined => {
  const parts: Array<TemplatePart> = []
  const plain = (text: string) => {
    if (text !== "") parts.push({ text: text.replace(/\\([nt\\])/g, (_, letter: string) => escapes[letter]!) })
  }
  let end = 0
  for (const { 0: whole, 1: path = "", index } of text.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)) {
    plain(text.slice(end, index))
    parts.push({ path })
    end = index + whole.length
  }
  plain(text.slice(end))
  const isBroken = parts.some((part) => "text" in part && /\{\{|\}\}/.test(part.text))
  return isBroken || parts.every((part) => "text" in part) ? undefined : parts
}
