import type { Format } from "../format/Format.ts"
import { printable, printableJson } from "./TerminalText.ts"

/** What stands at a path in a value; undefined where there is nothing of that name. */
const valueAt = (value: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>(
    (inner, name) =>
      inner === null
        ? null
        : typeof inner === "object" && Object.hasOwn(inner, name)
        ? (inner as Record<string, unknown>)[name]
        : undefined,
    value
  )

/** A value as a word of a line: nothing for null, a list with commas, anything else as JSON. */
const wordOf = (value: unknown): string => {
  if (value === null || value === undefined) return ""
  if (typeof value === "object") {
    return Array.isArray(value) && value.every((item) => typeof item !== "object")
      ? value.map((item) => printable(String(item))).join(",")
      : printableJson(value)
  }
  return printable(String(value))
}

/** The members of a value that are named, in one another as they are there. */
const picked = (value: unknown, fields: ReadonlyArray<string>): unknown => {
  const all: Record<string, unknown> = {}
  for (const field of fields) {
    const names = field.split(".")
    let into = all
    for (const name of names.slice(0, -1)) into = (into[name] ??= {}) as Record<string, unknown>
    into[names.at(-1)!] = valueAt(value, field) ?? null
  }
  return all
}

const pathsOf = (format: Format): ReadonlyArray<string> =>
  format.kind === "template"
    ? format.parts.flatMap((part) => "path" in part ? [part.path] : [])
    : format.fields ?? []

/** The names that no value has. */
export const unknownIn = (values: ReadonlyArray<unknown>, format: Format): ReadonlyArray<string> =>
  values.length === 0
    ? []
    : pathsOf(format).filter((path) => values.every((value) => valueAt(value, path) === undefined))

/** The values of a result, each of which is a line. */
export const valuesOf = (result: unknown): ReadonlyArray<unknown> => Array.isArray(result) ? result : [result]

/** A result as lines. */
export const linesIn = (result: unknown, format: Format): ReadonlyArray<string> => {
  if (format.kind === "template") {
    return valuesOf(result).map((value) =>
      format.parts.map((part) => "text" in part ? part.text : wordOf(valueAt(value, part.path))).join("")
    )
  }
  const { fields, kind } = format
  const of = (value: unknown) => fields === undefined ? value : picked(value, fields)
  switch (kind) {
    case "json":
      return [printableJson(Array.isArray(result) ? result.map(of) : of(result))]
    case "ndjson":
      return valuesOf(result).map((value) => printableJson(of(value)))
    default:
      return valuesOf(result).map((value) => fields!.map((field) => wordOf(valueAt(value, field))).join("\t"))
  }
}
