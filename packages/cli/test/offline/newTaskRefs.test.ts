import { beforeEach, describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

/** A command that queues, as on a terminal. */
const todo = (line: string) => cli.todo(line, { env: { TODO_QUEUE: "1" } })

const queued = async (line: string) => {
  const { exitCode, stderr, stdout } = await todo(line)
  expect({ line, exitCode, stderr, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("Queued  ") })
}

const goOffline = () => {
  cli.instead = () => "request"
}
const comeBack = () => {
  cli.instead = () => undefined
}
beforeEach(comeBack)

/** Sends what waits, of which the service refuses nothing. */
const send = async () => {
  comeBack()
  expect(await todo("queue send")).toMatchObject({ exitCode: 0 })
  expect(JSON.parse((await todo("queue --json")).stdout)).toEqual([])
}

describe("a new task that waits for the service", () => {
  it("waits for others, and others for it, whatever of that is queued before", async () => {
    await cli.add("One", "Two")
    await todo("list")
    goOffline()
    await queued("add Third --after 1")
    await queued("add Fourth")
    await queued("block +1 --by 2")
    await queued("block +2 --by 1 --by +1")
    await queued("unblock +2 --by 1")
    await queued("block +1 +2 --by 2")
    await queued("add Fifth --after +1")
    await queued("unblock +3")
    await queued("block 1 --by +3")
    await send()
    const tasks = await cli.account.tasks()
    const numbered = new Map(tasks.map(({ id, number }) => [id, number]))
    expect(tasks.map(({ blockedBy }) => (blockedBy as ReadonlyArray<string>).map((id) => numbered.get(id)))).toEqual([
      [5],
      [],
      [1, 2],
      [3, 2],
      []
    ])
  })

  it("is done, although it may repeat", async () => {
    goOffline()
    await queued("add Water the plants today every day")
    await queued("add Pay")
    await queued("add Feed the cat today every day")
    await queued("done +1")
    await queued("done +2 +3")
    await send()
    expect((await cli.account.tasks()).map(({ completed, repeat }) => [completed, repeat !== null])).toEqual([
      [false, true],
      [true, false],
      [false, true]
    ])
    expect(await cli.json("list due before tomorrow")).toEqual([])
  })

  it("is named by its sign in each verb, which queues or says what is wrong", async () => {
    await cli.add("One")
    await todo("list")
    goOffline()
    await queued("add Third @home")
    await queued("add Fourth")
    const lines = [
      "edit +1 --title x --due tomorrow",
      "edit 1 --parent +1",
      "edit +1 --parent +2",
      "postpone +1",
      "skip +1"
    ]
    lines.push("move +1 --before 1", "move 1 --after +1", "move +1 --parent 1", "comment +1 text", "tag add x +1 +2")
    lines.push("reopen +1", "rm +2", "unblock +1 --by 1", "add y --parent +1", "done +1 --children")
    for (const line of lines) await queued(line)
    // What it replaces is not known: the words of its title have some of it.
    for (const line of ["edit +1 --tag x", "edit +1 1 --no-tag x"]) {
      expect(await todo(line)).toMatchObject({
        exitCode: 7,
        stderr: expect.stringMatching(/^error: The tags are not known of \+1 before the service has it: /m)
      })
    }
    for (const line of ["show +1", "show +1 --json"]) expect((await todo(line)).exitCode).toBe(7)
    for (const line of ["show +1 -q", "rm +1 --dry-run -q"]) expect((await todo(line)).stdout).toBe("+1\n")
    for (const line of ["history +1", "restore +1", "trash rm +1"]) expect((await todo(line)).exitCode).toBe(2)
    for (const line of ["block +9 --by 1", "block 1 --by +9"]) expect((await todo(line)).exitCode).toBe(3)
  })
})
