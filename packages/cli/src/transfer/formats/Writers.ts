import { Effect } from "effect"
import type { ApiClient } from "../../client/ApiClient.ts"
import type { Failure } from "../../failures/Failure.ts"
import type { Settings } from "../../Settings.ts"
import type { Exported } from "../Document.ts"
import { writeCsv } from "./CsvTasks.ts"
import { momentHere } from "./Readers.ts"
import { writeTaskwarrior } from "./TaskwarriorOut.ts"
import { writeTodoTxt } from "./TodoTxt.ts"

/** What was written, and what the format has no room for. */
interface WrittenFile {
  readonly text: string
  readonly notes: ReadonlyArray<string>
}

/** The formats of other programs. */
export type ForeignFormat = "csv" | "todotxt" | "taskwarrior"

/** What writes each of them. */
export const writers: Readonly<
  Record<ForeignFormat, (exported: Exported) => Effect.Effect<WrittenFile, Failure, ApiClient | Settings>>
> = {
  csv: writeCsv,
  todotxt: writeTodoTxt,
  taskwarrior: (exported) => Effect.flatMap(momentHere, (here) => writeTaskwarrior(exported, here))
}
