import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal, type Typing } from "../support/Terminal.ts"

const cli = useService()
const enter = "\r"

/** Tasks 1 and 2, a project, a tag and a view. */
const setUp = async () => {
  await cli.succeed("project add Work")
  await cli.succeed("project add Misc --parent Work")
  await cli.succeed("view add Now p1")
  await cli.succeed(["add", "Buy milk @shop"])
  await cli.succeed(["add", "Call Ada"])
}

const commands: ReadonlyArray<readonly [line: string, typing: Typing, said: RegExp]> = [
  ["open", [["Open which task?", "milk"], ["(1 match)", enter]], /\/tasks\/[\da-f-]{36}\n$/],
  ["move --first", [["Move which task?", "milk"], ["1  Buy milk", enter]], /Moved 1 {2}Buy milk\n$/],
  ["block --by 2", [["Which task is to wait?", "milk"], ["1  Buy milk", enter]], /Blocked 1 {2}Buy milk\n$/],
  ["unblock", [["Which task waits no more?", "milk"], ["1  Buy milk", enter]], /Unblocked 1 {2}Buy milk\n$/],
  ["comment", [
    ["Comment on which task?", "milk"],
    ["Buy milk", enter],
    ["What is to be said?", `Oat${enter}`]
  ], /Commented on 1 {2}Buy milk\n$/],
  ["comment 2", [["What is to be said?", `Soon${enter}`]], /Commented on 2 {2}Call Ada\n$/],
  ["project show", [["Which project?", "misc"], ["Work/Misc", enter]], /Work\/Misc\nTasks/],
  ["project edit --name Other", [["Change which project?", "misc"], ["Work/Misc", enter]], /Changed project Other\n$/],
  ["project move --no-parent", [["Move which project?", "misc"], ["Work/Misc", enter]], /Moved project Misc\n$/],
  ["project archive", [["Archive which project?", "misc"], ["Work/Misc", enter]], /Archived project Misc\n$/],
  [
    "project rm",
    [["Delete which project?", "misc"], ["Work/Misc", enter], ["Delete project Misc?", "y"]],
    /Deleted project Misc\n$/
  ],
  ["view show", [["Which view?", enter]], /No task is like that/],
  ["view edit --name Soon", [["Change which view?", enter]], /Changed view Soon/],
  ["view move --first", [["Move which view?", enter]], /Moved view Now\n$/],
  ["view rm", [["Delete which view?", enter]], /Deleted view Now\n$/],
  ["tag add home", [["Tag which task?", "milk"], ["1  Buy milk", enter]], /Tagged 1 {2}Buy milk\n$/],
  ["tag rename", [["Rename which tag?", enter], ["New name", `store${enter}`]], /Renamed tag shop to store\n$/],
  ["tag rm", [["Take which tag off every task?", enter], ["Delete tag shop?", "y"]], /Deleted tag shop\n$/]
]

describe.skipIf(!hasTerminals)("on a terminal, what is not named is picked from a list", () => {
  it.each(commands)("todo %s", async (line, typing, said) => {
    await setUp()
    const { exitCode, text } = await onTerminal(cli.program, line, { typing })
    expect(text).toMatch(said)
    expect(exitCode).toBe(0)
  })

  it("todo project unarchive has those that are archived", async () => {
    await setUp()
    await cli.succeed("project archive Misc")
    const typing: Typing = [["Take which project back?", enter]]
    expect((await onTerminal(cli.program, "project unarchive", { typing })).text).toMatch(/Unarchived project Misc\n$/)
    expect((await onTerminal(cli.program, "project unarchive")).text).toBe("No project is archived.\n")
  })

  it("todo account use has all accounts", async () => {
    const typing: Typing = [["Which account?", "ada"], [cli.account.email, enter]]
    const { text } = await onTerminal(cli.program, "account use", { typing })
    expect(text).toMatch(new RegExp(`Using ${cli.account.email} at ${cli.url}\n$`))
  })

  it("where there is nothing to pick it says so", async () => {
    for (const line of ["move --first", "project show", "view rm", "tag rm"]) {
      expect(await onTerminal(cli.program, line)).toMatchObject({ exitCode: 0, text: expect.stringMatching(/^No/) })
    }
  })
})

describe("elsewhere", () => {
  it.each(commands.map(([line]) => line))("it is missing: todo %s, exit code 2", async (line) => {
    const { exitCode, stderr, stdout } = await cli.todo(line)
    expect([exitCode, stdout]).toEqual([2, ""])
    expect(stderr).toMatch(/^error: missing required argument '\w+'\nThere is no terminal to ask on\.\n$/)
  })
})
