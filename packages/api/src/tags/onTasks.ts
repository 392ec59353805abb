import { spellingKey } from "@todo/domain/text/Spelling"

/** The names of tags by their keys: of several spellings of one the first. */
export const tagsByKey = (names: ReadonlyArray<string>): Readonly<Record<string, string>> => {
  const tags = new Map<string, string>()
  for (const name of names) {
    const key = spellingKey(name)
    if (!tags.has(key)) tags.set(key, name)
  }
  return Object.fromEntries(tags)
}

/** The names of a task's tags as they are answered: in the order of their keys, by code units. */
export const tagNames = (tags: Readonly<Record<string, string>> | null | undefined): ReadonlyArray<string> =>
  tags === null || tags === undefined ? [] : Object.keys(tags).sort().map((key) => tags[key]!)
