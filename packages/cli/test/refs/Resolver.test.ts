import { describe, expect, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { makeResolver } from "../../src/refs/Resolver.ts"

const a = "0198c0de-7a5c-7000-8000-0000000000a1"
const b = "0198c0de-7a5c-7000-8000-0000000000b2"
const c = "0298c0de-7a5c-7000-8000-0000000000c3"

const items = [{ id: a, name: "ci" }, { id: b, name: "ci" }, { id: c, name: "0198c0de" }]
const nameOf = ({ name }: { readonly name: string }) => name

describe("what a reference names", () => {
  const all = Effect.succeed(items)
  const find = (ref: string) =>
    makeResolver({ word: "token", lister: "todo token list", label: nameOf, nameOf, all }).pipe(
      Effect.flatMap((resolve) => resolve(ref)),
      Effect.result,
      Effect.runSync
    )

  it("one by its id, by enough of its id, or by its name", () => {
    expect(find(b)).toEqual(Result.succeed(items[1]))
    expect(find("0298c0")).toEqual(Result.succeed(items[2]))
  })

  it("none: exit code 3", () => {
    expect(Result.merge(find("nope"))).toMatchObject({
      exitCode: 3,
      code: "token_not_found",
      message: "There is no token nope",
      hints: ["`todo token list` lists them."]
    })
  })

  it("several, also one by its name and another by its id: exit code 2, and which", () => {
    expect(Result.merge(find("ci"))).toMatchObject({
      exitCode: 2,
      message: `ci names 2 tokens: ${a} (ci), ${b} (ci)`
    })
    expect(Result.merge(find("0198c0de"))).toMatchObject({
      exitCode: 2,
      message: `0198c0de names 3 tokens: ${a} (ci), ${b} (ci), ${c} (0198c0de)`
    })
  })

  it("where things have no name, all but an id or its beginning names none: exit code 2", () => {
    const session = { word: "session", lister: "todo sessions", label: () => "", all: Effect.die("asked") }
    const resolved = Effect.flatMap(makeResolver(session), (resolve) => resolve("ci"))
    expect(Effect.runSync(Effect.flip(resolved))).toMatchObject({
      exitCode: 2,
      message: "\"ci\" does not name a session",
      hints: ["Give its id, or the first 6 or more characters of it."]
    })
  })
})

describe("a reference of digits", () => {
  /** What is asked for, and what is found, where things have numbers. */
  const find = (ref: string) => {
    const asked: Array<string> = []
    const ask = <A>(question: string, answer: A) =>
      Effect.sync(() => {
        asked.push(question)
        return answer
      })
    const numbered = [{ id: "1234567c-7a5c-7000-8000-0000000000a1", number: 7 }]
    const found = makeResolver({
      word: "task",
      lister: "todo list --all",
      label: ({ number }) => String(number),
      all: ask("all", numbered),
      byNumber: (wanted) => ask(`number ${wanted}`, numbered.find(({ number }) => number === wanted)),
      byId: (id) => ask("id", numbered.find((item) => item.id === id))
    }).pipe(Effect.flatMap((resolve) => resolve(ref)), Effect.result, Effect.runSync)
    return { asked, found: Result.merge(found) }
  }

  it("is a number first, and then may be the beginning of an id", () => {
    expect(find("7")).toMatchObject({ asked: ["number 7"], found: { number: 7 } })
    expect(find("1234567")).toMatchObject({ asked: ["number 1234567", "all"], found: { number: 7 } })
    expect(find("8")).toMatchObject({ asked: ["number 8"], found: { exitCode: 3, code: "task_not_found" } })
  })

  it("that is a whole id, or no number, is asked for as what it is", () => {
    expect(find("1234567c-7a5c-7000-8000-0000000000a1")).toMatchObject({ asked: ["id"], found: { number: 7 } })
    expect(find("0123456")).toMatchObject({ asked: ["all"], found: { exitCode: 3 } })
    expect(find("0")).toMatchObject({ asked: [], found: { message: "\"0\" does not name a task" } })
  })
})
