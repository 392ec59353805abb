import { keyOfNumber } from "./keys.sql.ts"

/** How things of a noun are in order. */
export interface Order {
  /** The column of what was made for its place; null where nobody has moved it. */
  readonly column: string
  /** The list that a row is in, as a UUID. */
  readonly list: (row: string) => string
  /** Whether a row is in a list: what the index of the order is asked by. */
  readonly isIn: (row: string, list: string) => string
  /** What the row goes by in it. The rows of a list are in the order of their keys, those in the trash too. */
  readonly key: (row: string) => string
}

/** The list of what is in none. */
export const noList = "'00000000-0000-0000-0000-000000000000'::uuid"

// Not `coalesce`, which row-level security takes for one that may leak: no index would be asked.
const listOfTask = (row: string) =>
  `CASE WHEN ${row}.parent_id IS NOT NULL THEN ${row}.parent_id WHEN ${row}.project_id IS NOT NULL THEN ${row}.project_id ELSE ${noList} END`

/** Tasks are in order for each parent, what has none for each project, and what has neither is in the Inbox. */
export const orderOfTasks: Order = {
  column: "position",
  list: (row) => `(${listOfTask(row)})`,
  // What is true of all is said for the index, which has it as its condition: one without conditions is taken for that of ids
  // where there are no statistics yet.
  isIn: (row, list) => `(${listOfTask(row)}) = ${list} AND ${row}.number > 0`,
  key: (row) => `(coalesce(${row}.position, ${keyOfNumber(`${row}.number`)}) COLLATE "C")`
}

/** The key of what has no number, and was there before there was an order: among those their ids decide. */
const keyOfOld = (row: string) => `(coalesce(${row}.position, ${keyOfNumber("0")}) COLLATE "C")`

const listOfProject = (row: string) => `coalesce(${row}.parent_id, ${noList})`

/** Projects are in order for each parent. There are few enough to do without an index. */
export const orderOfProjects: Order = {
  column: "position",
  list: listOfProject,
  isIn: (row, list) => `${listOfProject(row)} = ${list}`,
  key: keyOfOld
}

/** Views are all in one list. */
export const orderOfViews: Order = {
  column: "position",
  list: () => noList,
  isIn: (_, list) => `${list} = ${noList}`,
  key: keyOfOld
}
