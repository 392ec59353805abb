import { describe, expect, it } from "@effect/vitest"
import { accountsLike, fullNameOf, noSuchAccount } from "../../src/accounts/AccountRef.ts"

const ada = { apiUrl: "http://localhost:4000", email: "ada@example.com", name: "Ada" }
const work = { apiUrl: "https://todo.example/base", email: "Ada@work.example", name: "Ada L." }
const twin = { apiUrl: "https://todo.example/base", email: "ada@example.com", name: "Bob" }
const all = [ada, work, twin]

describe("an account goes by", () => {
  it.each([
    ["ada@example.com", [ada, twin]],
    ["ADA@WORK.EXAMPLE ", [work]],
    ["ada@example.com@localhost:4000", [ada]],
    ["ada@example.com@localhost", [ada]],
    ["ada@example.com@todo.example", [twin]],
    ["ada@example.com@todo.example/base", [twin]],
    ["ada l.", [work]],
    ["bob", [twin]],
    // The name of one, and what others have before the @.
    ["ada", [ada, work, twin]],
    ["ad", []],
    ["example.com", []],
    ["", []]
  ])("%s", (text, found) => {
    expect(accountsLike(text, all)).toEqual(found)
  })

  it("its full name alone", () => {
    for (const account of all) expect(accountsLike(fullNameOf(account), all)).toEqual([account])
  })

  it("nothing else: exit code 2, and which there are", () => {
    expect(noSuchAccount("x", [], [])).toMatchObject({ exitCode: 2, hints: ["Sign in with `todo login`."] })
    expect(noSuchAccount("ada", all, all)).toMatchObject({ exitCode: 2, message: "\"ada\" names several accounts" })
    expect(noSuchAccount("x", [], [work]).hints).toContain("  Ada@work.example@todo.example/base")
  })
})
