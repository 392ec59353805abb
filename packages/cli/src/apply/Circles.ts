import type { Entry } from "./Entries.ts"
import type { Mistake } from "./Mistakes.ts"

/** That a task comes after another, or is above it: it is done behind that, either way. */
interface Link {
  readonly to: string
  readonly word: "after" | "above"
  /** The place that says it; undefined where no file does. */
  readonly at: (() => string) | undefined
}

/** What a task comes after and is below, by the keys of tasks. */
export interface Linked {
  readonly after: ReadonlyArray<string>
  readonly parent: string | null | undefined
  /** What of a file says it; undefined where none does. */
  readonly entry: Entry | undefined
}

const linksOf = (
  tasks: ReadonlyMap<string, Linked>,
  nameOf: (key: string) => string
): ReadonlyMap<string, ReadonlyArray<Link>> => {
  const links = new Map<string, Array<Link>>([...tasks].map(([key, { after, entry }]) => [
    key,
    after.map((to): Link => ({
      to,
      word: "after",
      at: entry?.said.after == null ? undefined : () => entry.at("after", entry.said.after!.indexOf(nameOf(to)))
    }))
  ]))
  for (const [key, { entry, parent }] of tasks) {
    if (parent == null) continue
    const at = entry?.parent === undefined
      ? undefined
      : () => entry.at(...entry.said.parent === undefined ? [] : ["parent"])
    links.get(parent)?.push({ to: key, word: "above", at })
  }
  return links
}

interface Visit {
  readonly key: string
  readonly rest: Array<Link>
  /** By which it goes on. */
  by: Link | undefined
}

/** Where tasks wait for themselves, by way of others or of what is below them. */
export const circlesIn = (
  tasks: ReadonlyMap<string, Linked>,
  nameOf: (key: string) => string
): ReadonlyArray<Mistake> => {
  const links = linksOf(tasks, nameOf)
  const circles: Array<Mistake> = []
  const seen = new Map<string, "open" | "done">()
  const enter = (key: string): Visit => {
    seen.set(key, "open")
    return { key, rest: [...links.get(key) ?? []].toReversed(), by: undefined }
  }
  const tell = (circle: ReadonlyArray<Visit>) => {
    const said = circle.filter(({ by }) => by?.at !== undefined)
    const told = said.findLast(({ by }) => by!.word === "after") ?? said.at(-1)
    if (told === undefined) return
    const from = circle.indexOf(told)
    const turned = [...circle.slice(from), ...circle.slice(0, from)]
    const words = turned.map(({ by }) => `${by!.word} ${nameOf(by!.to)}`)
    circles.push({ at: told.by!.at!(), message: `It waits for itself: ${[nameOf(told.key), ...words].join(", ")}` })
  }
  for (const key of tasks.keys()) {
    if (seen.has(key)) continue
    const path = [enter(key)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = visit.rest.pop()
      visit.by = next
      if (next === undefined) {
        path.pop()
        seen.set(visit.key, "done")
      } else if (seen.get(next.to) === "open") tell(path.slice(path.findIndex(({ key }) => key === next.to)))
      else if (!seen.has(next.to)) path.push(enter(next.to))
    }
  }
  return circles
}

/** Where tasks of files wait for themselves by what the files say. */
export const circlesOfFiles = (entries: ReadonlyArray<Entry>): ReadonlyArray<Mistake> =>
  circlesIn(
    new Map(entries.map((entry) => [
      entry.externalId,
      { after: entry.said.after ?? [], parent: entry.parent, entry }
    ])),
    (externalId) => externalId
  )
