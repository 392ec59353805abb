import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { spellingKey } from "@todo/domain/text/Spelling"
import { Effect, Semaphore } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"
import { Offline } from "../offline/Offline.ts"
import { isDigits } from "../refs/Ref.ts"
import { makeResolver } from "../refs/Resolver.ts"
import { Settings } from "../Settings.ts"
import { askWhich } from "../terminal/Prompt.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allTasks } from "./AllTasks.ts"
import { textInFilter } from "./ListFilter.ts"
import { labelIn, newTask } from "./NewTaskRef.ts"
import { hasToBeWord, isWordOf } from "./PartOfTitle.ts"

/** More candidates than that help nobody. */
const mostLike = 50

const labelOf = ({ number, title }: Task) => `${number}  ${printable(title)}`

/** Those whose titles have a text, or as a word where it is short. */
const listedLike = Effect.fnUntraced(function*(text: string, filter: string) {
  if (!hasToBeWord(text)) return yield* allTasks({ filter, limit: mostLike })
  return (yield* allTasks({ filter })).filter(({ title }) => isWordOf(text, title)).slice(0, mostLike)
})

/** Those whose titles have a text, of open ones where there are any; or the one that is called just so. */
const like = Effect.fnUntraced(function*(text: string) {
  // What was meant for a number is no part of a title.
  if (isDigits(text)) return []
  const filter = `title:${textInFilter(text)}`
  const open = yield* listedLike(text, filter)
  const found = open.length > 0 ? open : yield* listedLike(text, `all and ${filter}`)
  const key = spellingKey(text)
  const exact = found.filter(({ title }) => spellingKey(title) === key)
  return exact.length === 1 ? exact : found
})

/**
 * Makes a function that finds the one task a reference names; see `makeResolver`. Where a text is in several titles a person
 * is asked which, one question after the other.
 */
export const makeTaskResolver = Effect.gen(function*() {
  const client = yield* ApiClient
  const { tasks } = client
  const { interactive } = yield* Settings
  const oneByOne = yield* Semaphore.make(1)
  const choose = Effect.fnUntraced(function*(text: string, found: ReadonlyArray<Task>) {
    const choices = found.map((task) => ({ value: task.id, label: labelOf(task) }))
    const id = yield* oneByOne.withPermits(1)(askWhich(`Which one is ${JSON.stringify(text)}?`, choices))
    return found.filter((task) => task.id === id)
  })
  const offline = yield* Offline
  const resolve = yield* makeResolver({
    word: "task",
    lister: "todo list --all",
    label: labelOf,
    all: allTasks({}),
    byNumber: (number) =>
      Effect.map(tasks.list({ query: { number }, headers: {} }), (answer) => listed(answer).items[0]),
    // 304 is part of the contract, but answers `If-None-Match` only.
    byId: (id) =>
      Effect.map(tasks.get({ params: { id: TaskId.make(id) }, query: {}, headers: {} }), (answer) => answer?.body),
    hintsWhereNone: (text) =>
      !isDigits(text) && hasToBeWord(text) ? ["A part of a title has 3 characters or more, or is a word of it."] : [],
    byText: (text) =>
      Effect.filterOrElse(like(text), (found) => found.length < 2 || !interactive, (found) => choose(text, found))
  })
  return (text: string) => {
    const label = labelIn(text)
    return label === undefined ? resolve(text) : newTask(label).pipe(
      Effect.provideService(ApiClient, client),
      Effect.provideService(Offline, offline)
    )
  }
})
