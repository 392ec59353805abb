import type { Table } from "./database/Table.ts"
import { tasks } from "./tasks/table.ts"

/** The nouns whose writes are on record. */
export const nouns: ReadonlyArray<Table> = [tasks]
