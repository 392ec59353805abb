import { View } from "@todo/domain/views/View"
import { Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { printable } from "../terminal/TerminalText.ts"

/** A view as `--json` has it. */
export const viewJson = Schema.encodeSync(lenient(View))

/** A view on one line, in parts. */
export const viewParts = ({ filter, name, sort }: View): ReadonlyArray<string> => [
  printable(name),
  printable(filter),
  sort === null ? "" : printable(sort)
]
