import { expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

it("a date that is none is told by the name of its option, and without a place in its words", async () => {
  await cli.add("One")
  const lines = [
    ["due", ["edit", "1", "--due", "31 feb"]],
    ["due", ["add", "Two", "--due", "31 feb"]],
    ["due", ["add", "Two", "--literal", "--due", "31 feb"]],
    ["start", ["edit", "1", "--start", "31 feb"]],
    ["repeat", ["edit", "1", "--repeat", "every blue moon"]],
    ["due", ["postpone", "1", "31 feb"]]
  ] as const
  for (const [name, line] of lines) {
    const { exitCode, stderr } = await cli.todo(line)
    expect({ line, exitCode }).toEqual({ line, exitCode: 2 })
    expect({ line, stderr }).toEqual({ line, stderr: expect.stringMatching(new RegExp(`\\b${name}: `)) })
    expect(stderr).not.toMatch(/\(at \d+\)|Text/)
  }
})

it("a zone that there is not is told with what may be meant, once", async () => {
  for (
    const line of [
      "config set zone Mars/Phobos",
      "settings set --time-zone Mars/Phobos",
      "config set zone Europe/Berln"
    ]
  ) {
    const { exitCode, stderr } = await cli.todo(line)
    expect({ line, exitCode }).toEqual({ line, exitCode: 2 })
    expect(stderr.match(/did you mean/gi)).toHaveLength(1)
  }
})
