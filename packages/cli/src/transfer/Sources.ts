/** What a file may have been written by. */
export const sources = ["todo", "taskwarrior", "todoist", "todotxt"] as const
export type Source = (typeof sources)[number]
