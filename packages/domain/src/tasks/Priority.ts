/** How much a task may matter, p1 the most. Words of the terminal read it, so that it needs no schema. */
export const priorities = ["p1", "p2", "p3"] as const
