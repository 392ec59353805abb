/** What is read of a task, or what Taskwarrior computes: all else is kept as it is. */
export const readNames: ReadonlySet<string> = new Set([
  "id",
  "uuid",
  "urgency",
  "description",
  "status",
  "entry",
  "modified",
  "end",
  "due",
  "priority",
  "project",
  "tags",
  "annotations",
  "depends",
  "recur",
  "rtype",
  "mask",
  "imask",
  "parent",
  "last",
  "wait",
  "scheduled"
])

/** Names that Taskwarrior has meanings for. */
export const ownNames: ReadonlySet<string> = new Set([...readNames, "start", "until"])
