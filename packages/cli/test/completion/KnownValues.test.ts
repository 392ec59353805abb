import { describe, expect, it } from "@effect/vitest"
import { parseSort } from "@todo/domain/filter/Sort"
import { Task } from "@todo/domain/tasks/Task"
import { ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import { Result } from "effect"
import { commands } from "../../src/commands.ts"
import { candidatesAt } from "../../src/completion/Candidates.ts"
import type { CompletedCommand } from "../../src/completion/CommandTree.ts"
import { knownMembers, knownScopes, knownSortKeys, knownValues, statesOf } from "../../src/completion/KnownValues.ts"
import { placeIn } from "../../src/completion/Place.ts"

const all = (command: CompletedCommand): ReadonlyArray<CompletedCommand> => [
  command,
  ...command.commands.flatMap(all)
]

describe("what is known of values", () => {
  it("is there for every argument and option of every command", () => {
    const values = all(commands).flatMap((command) => [
      ...command.arguments,
      ...command.options.flatMap(({ value }) => value ?? [])
    ])
    expect([...new Set(values.map(({ name }) => name))].filter((name) => !Object.hasOwn(knownValues, name))).toEqual([])
  })

  it("names commands that there are", () => {
    const paths = all(commands).map(({ path }) => path)
    expect(Object.keys(statesOf).filter((path) => !paths.includes(path))).toEqual([])
  })

  it("has the words of the domain", () => {
    expect(knownSortKeys.filter((key) => Result.isFailure(parseSort(key)))).toEqual([])
    expect(knownScopes.toSorted()).toEqual([...ScriptTokenScope.literals].toSorted())
    expect(knownMembers.map((name) => name.split(".")[0]!).filter((name) => !(name in Task.fields))).toEqual([])
  })
})

describe("the place that somebody is at", () => {
  const known = {
    cached: {
      projects: ["Home", "Work", "-dash"],
      archived: ["Old"],
      tags: ["errand"],
      views: ["Now"],
      open: [{ number: 1, title: "One" }, { number: 12, title: "Twelve" }],
      done: [{ number: 3, title: "Three" }],
      trashed: [{ number: 4, title: "Four" }]
    },
    aliases: [],
    configKeys: []
  }
  const values = (line: string) => {
    const words = line.split(" ")
    return candidatesAt(placeIn(commands, words.slice(0, -1), words.at(-1)!), commands, known).values
      .map(({ value }) => value)
  }

  it.each([
    ["--json lis", ["list"]],
    ["--api-url http://x tag rena", ["rename"]],
    ["done ", ["1", "12"]],
    ["done 1", ["1", "12"]],
    ["done 3,1", ["3,1", "3,12"]],
    ["show ", ["1", "12", "3"]],
    ["restore ", ["4"]],
    ["trash rm ", ["4"]],
    ["project unarchive ", ["Old"]],
    ["project rm ", ["Home", "Work", "Old"]],
    ["project rm -- ", ["Home", "Work", "-dash", "Old"]],
    ["add x --project ", ["Home", "Work", "-dash"]],
    ["move 1 --before ", ["1", "12"]],
    ["project move Home --before W", ["Work"]],
    ["add x -p ", ["p1", "p2", "p3"]],
    ["add x -- --pro", []],
    ["whoami ", []],
    ["watch --exec ", []],
    ["tag add ", ["errand"]],
    ["tag add errand ", ["1", "12"]],
    ["add Buy #W", ["#Work"]],
    ["add Buy @", ["@errand"]],
    ["list (in:W", ["(in:Work"]],
    ["help token cr", []],
    ["nonsense ", []]
  ])("todo %s", (line, expected) => {
    expect(values(line)).toEqual(expected)
  })

  it("has a value for no option that was given", () => {
    expect(values("list --all --al")).toEqual([])
    expect(values("list --al")).toEqual(["--all"])
  })

  it("knows commands by all their names", () => {
    for (const command of commands.commands) {
      for (const name of command.names) expect(placeIn(commands, [name], "").command).toBe(command)
    }
  })
})
