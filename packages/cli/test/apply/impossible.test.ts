import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const apply = (file: string, ...options: ReadonlyArray<string>) =>
  cli.todo(["apply", "-f", "-", ...options], { stdin: file })

const deep = (levels: number) =>
  `tasks:\n${
    Array.from({ length: levels }, (_, nth) =>
      `  - { externalId: t${nth}, title: x${nth === 0 ? "" : `, parent: t${nth - 1}`} }\n`).join("")
  }`

const task = (more: string) => `tasks:\n  - externalId: a\n    title: A\n${more}`

describe("todo apply of what cannot be", () => {
  it.each([
    ["a task after itself", task("    after: [a]\n"), ["4:13: tasks[0].after[0]: It waits for itself: a, after a"]],
    [
      "two after each other",
      "tasks:\n  - { externalId: a, title: A, after: [c, b] }\n  - { externalId: b, title: B, after: [a] }\n" +
      "  - { externalId: c, title: C }\n",
      ["3:40: tasks[1].after[0]: It waits for itself: b, after a, after b"]
    ],
    [
      "a task after what it stands in",
      "tasks:\n  - externalId: a\n    title: A\n    tasks:\n      - { externalId: b, title: B, after: [a] }\n",
      ["5:44: tasks[0].tasks[0].after[0]: It waits for itself: b, after a, above b"]
    ],
    [
      "a circle by what is below",
      "tasks:\n  - { externalId: a, title: A, after: [b] }\n  - { externalId: b, title: B }\n" +
      "  - { externalId: c, title: C, parent: b, after: [a] }\n",
      ["4:51: tasks[2].after[0]: It waits for itself: c, after a, after b, above c"]
    ],
    [
      "hours of a day",
      task("    due: 2026-12-01\n    repeat: FREQ=HOURLY\n"),
      ["5:13: tasks[0].repeat: A task that repeats by the hour has a time in Etc/UTC"]
    ],
    [
      "hours of another zone",
      task("    due: 2026-12-01 09:00 Europe/Berlin\n    repeat: { rule: FREQ=HOURLY }\n"),
      ["5:21: tasks[0].repeat.rule: A task that repeats by the hour has a time in Etc/UTC"]
    ],
    [
      "a rule that is none",
      task("    due: 2026-12-01\n    repeat: FREQ=DAILY;INTERVAL=0\n"),
      ["5:13: tasks[0].repeat: INTERVAL"]
    ],
    [
      "a rule that is none, of a date that is there already",
      "tasks:\n  - externalId: a\n    repeat: FREQ=SECONDLY\n",
      ["3:13: tasks[0].repeat: A rule needs FREQ"]
    ],
    [
      "words as a rule",
      task("    due: 2026-12-01\n    repeat: { rule: every day }\n"),
      ["5:21: tasks[0].repeat.rule: A rule is an RRULE"]
    ],
    [
      "a zone that there is not",
      task("    start: 2026-12-01 09:00 Mars/Phobos\n    due: 2026-12-01 Europe/Berlin\n"),
      ["4:12: tasks[0].start: There is no time zone Mars/Phobos", "5:10: tasks[0].due: There is no time zone"]
    ],
    ["nine levels", deep(9), ["10:5: tasks[8]: Tasks are below each other in 8 levels at the most"]]
  ])("says of %s where it stands, before anything is asked", async (_, file, places) => {
    for (const options of [["--dry-run"], []]) {
      const { exitCode, stderr, stdout } = await apply(file, ...options)
      expect([exitCode, stdout]).toEqual([2, ""])
      const lines = stderr.replace(/^error: /, "").trimEnd().split("\n")
      expect(lines).toEqual(places.map((place) => expect.stringContaining(`stdin:${place}`)))
    }
    expect(cli.received).toEqual([])
  })

  it("says so of what is there already, before anything is done", async () => {
    const there = "tasks:\n  - { externalId: a, title: A, after: [b] }\n  - { externalId: b, title: B }\n" +
      "  - { externalId: h, title: H, due: 2026-12-01 09:00 UTC, repeat: FREQ=HOURLY }\n" +
      "  - { externalId: f, title: F, due: 2026-12-04 }\n"
    expect((await apply(there)).exitCode).toBe(0)
    expect((await apply(there, "--dry-run")).exitCode).toBe(0)
    const cases = [
      ["tasks: [{ externalId: b, after: [a] }]\n", "1:34: tasks[0].after[0]: It waits for itself: b, after a, after b"],
      ["tasks: [{ externalId: b, parent: a }, { externalId: a, after: [b] }]\n", undefined],
      [
        "tasks:\n  - { externalId: a, parent: b }\n",
        "2:30: tasks[0].parent: It waits for itself: b, above a, after b"
      ],
      ["tasks: [{ externalId: h, due: 2026-12-02 }]\n", "1:31: tasks[0].due: A task that repeats by the hour"],
      [
        "tasks: [{ externalId: f, repeat: FREQ=DAILY;INTERVAL=7;BYDAY=MO }]\n",
        "1:34: tasks[0].repeat: Counted from 2026-12-04 in steps of 7, it never comes"
      ]
    ] as const
    for (const [file, place] of cases) {
      const planned = await apply(file, "--dry-run")
      const done = planned.exitCode === 1 ? undefined : await apply(file)
      if (place === undefined) expect([planned.exitCode, planned.stderr]).toEqual([1, ""])
      else {
        expect([planned.exitCode, planned.stdout]).toEqual([2, ""])
        expect(planned.stderr).toContain(`error: stdin:${place}`)
        expect(done).toEqual(planned)
      }
    }
  })

  it("makes what has eight levels, and hours in UTC", async () => {
    const { exitCode, stderr } = await apply(
      `${deep(8)}  - { externalId: h, title: H, due: 2026-12-01 09:00 UTC, repeat: FREQ=HOURLY }\n`
    )
    expect([exitCode, stderr]).toEqual([0, ""])
  })
})
