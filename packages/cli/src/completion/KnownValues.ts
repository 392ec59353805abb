/** What can be said of a value: things of the service's, words that stand here, or a file. */
export type ValueKind =
  | "task"
  | "project"
  | "tag"
  | "view"
  | "filter"
  | "title"
  | "sortKeys"
  | "members"
  | "scope"
  | "zone"
  | "day"
  | "shell"
  | "configKey"
  | "commands"
  | "file"
  /** Whatever somebody has in mind. */
  | "free"

/** What the arguments and the values of options are, by the names that they have in the help; a test wants all of them here. */
export const knownValues: Readonly<Record<string, ValueKind>> = {
  ref: "task",
  "ref-or-day": "task",
  project: "project",
  tag: "tag",
  view: "view",
  filter: "filter",
  title: "title",
  keys: "sortKeys",
  names: "members",
  scope: "scope",
  zone: "zone",
  date: "day",
  shell: "shell",
  key: "configKey",
  file: "file",
  // Of `todo help`; what `todo watch` runs is nothing of ours.
  command: "commands",
  // Ids that are looked up in a list first, and nobody knows by heart.
  cursor: "free",
  id: "free",
  operation: "free",
  token: "free",
  // Of the person's own.
  account: "free",
  address: "free",
  color: "free",
  count: "free",
  days: "free",
  months: "free",
  name: "free",
  number: "free",
  text: "free",
  time: "free",
  url: "free",
  value: "free",
  words: "free",
  // These say themselves what they may be.
  day: "free",
  how: "free",
  language: "free",
  order: "free",
  place: "free",
  priority: "free",
  program: "free",
  what: "free"
}

/** Which tasks and projects a command is about; the others are about those that are open, or not archived. */
export const statesOf: Readonly<Record<string, "any" | "done" | "trashed" | "archived">> = {
  comment: "any",
  history: "any",
  reopen: "done",
  restore: "trashed",
  show: "any",
  "project edit": "any",
  "project rm": "any",
  "project show": "any",
  "project unarchive": "archived",
  "trash rm": "trashed"
}

/** What begins a term of a filter, or is one. */
export const filterWords: ReadonlyArray<string> = [
  "today",
  "tomorrow",
  "overdue",
  "upcoming",
  "ready",
  "blocked",
  "repeating",
  "open",
  "done",
  "all",
  "trash",
  "in:",
  "in:inbox",
  "p1",
  "p2",
  "p3",
  "title:",
  "search:",
  "due",
  "start",
  "created",
  "changed",
  "completed",
  "no",
  "not",
  "and",
  "or"
]

export const dayWords: ReadonlyArray<string> = [
  "today",
  "tomorrow",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday"
]

/** The domain's, which is not loaded for this; a test compares. */
export const knownSortKeys: ReadonlyArray<string> = [
  "due",
  "start",
  "priority",
  "position",
  "title",
  "number",
  "created",
  "changed",
  "completed",
  "relevance"
]
export const knownScopes: ReadonlyArray<string> = ["tasks:read", "tasks:write"]
export const knownMembers: ReadonlyArray<string> = [
  "id",
  "number",
  "title",
  "description",
  "completed",
  "completedAt",
  "priority",
  "start.date",
  "due.date",
  "due.time",
  "repeat.rule",
  "projectId",
  "parentId",
  "tags",
  "blockedBy",
  "createdAt",
  "updatedAt",
  "version"
]
