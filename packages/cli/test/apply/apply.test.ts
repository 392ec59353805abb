import { describe, expect, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { serviceOfRun, useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const cli = useService()

const apply = (file: string | object, ...options: ReadonlyArray<string>) =>
  cli.todo(["apply", "-f", "-", ...options], { stdin: typeof file === "string" ? file : JSON.stringify(file) })

/** Applies what has to succeed, and answers what was printed. */
const applied = async (file: string | object, ...options: ReadonlyArray<string>) => {
  const { exitCode, stderr, stdout } = await apply(file, ...options)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  return stdout
}

/** Has somebody else change a task, before anything else happens. */
const changeNow = (id: string) => {
  const script = `const [url, authorization] = process.argv.slice(1)
    const headers = { authorization, "content-type": "application/json" }
    const { ok } = await fetch(url, { method: "PATCH", headers, body: '{"description":"Meanwhile"}' })
    process.exitCode = ok ? 0 : 1`
  const { status } = spawnSync(process.execPath, [
    "--input-type=module",
    "--eval",
    script,
    `${serviceOfRun().url}/api/v1/tasks/${id}`,
    `Bearer ${cli.account.jwt}`
  ])
  expect(status).toBe(0)
}

const release = `
set: release
tasks:
  - externalId: release
    title: Release 2.0
    project: Work/Releases
    due: 2026-12-10
    tags: [ship]
    tasks:
      - externalId: release:tag
        title: no
        after: [release:notes]
      - externalId: release:notes
        title: Write the notes
        description: |
          What is new,
          and what is gone.
        due: 2026-12-08 09:30 europe/berlin
        priority: p1
        extra: { source: file }
      - externalId: release:done
        title: Agree on a date
        completed: true
`

const operationsSince = async () => (await cli.json("history --limit 100")).length

describe("todo apply", () => {
  it("makes the tasks of a file, as one operation, and makes nothing of it again", async () => {
    const planned = await apply(release, "--dry-run")
    expect(planned.exitCode).toBe(1)
    expect(planned.stdout).toContain("+ create  release:notes  Write the notes\n")
    expect(planned.stdout).toMatch(/^4 to create, 0 unchanged$/m)
    expect(await cli.account.tasks()).toEqual([])

    expect(await applied(release)).toMatch(/^\+ created {2}1 {2}release {2}Release 2\.0$/m)
    const tasks = await cli.account.tasks()
    const byName = new Map(tasks.map((task) => [task.externalId, task]))
    const [top, notes, tag, done] = ["release", "release:notes", "release:tag", "release:done"].map((id) =>
      byName.get(id)!
    )
    expect(top).toMatchObject({ title: "Release 2.0", due: { date: "2026-12-10" }, tags: ["ship"], completed: false })
    expect(notes).toMatchObject({
      parentId: top!.id,
      projectId: top!.projectId,
      description: "What is new,\nand what is gone.\n",
      due: { date: "2026-12-08", time: "09:30", timeZone: "Europe/Berlin" },
      priority: "p1",
      extra: { source: "file", "apply.set": "release" }
    })
    expect(tag).toMatchObject({ title: "no", blockedBy: [notes!.id], parentId: top!.id })
    expect(done).toMatchObject({ completed: true })
    expect(await cli.json("project list")).toMatchObject([{ name: "Work" }, { name: "Releases" }])

    const operations = await operationsSince()
    expect(await applied(release)).toBe("Nothing to do, 4 unchanged\n")
    expect(await apply(release, "--dry-run")).toMatchObject({ exitCode: 0, stdout: "Nothing to do, 4 unchanged\n" })
    expect(await operationsSince()).toBe(operations)

    await cli.succeed("undo")
    expect(await cli.account.tasks()).toEqual([])
    expect(await cli.json("project list")).toEqual([])
  })

  it("changes what is said and is another, leaves what is not said, and clears with null", async () => {
    await applied({ tasks: [{ externalId: "a", title: "A", priority: "p1", due: "2026-12-01", tags: ["x", "y"] }] })
    await cli.succeed("edit 1 -d By-hand")
    const planned = await apply(
      { tasks: [{ externalId: "a", title: "B", priority: null, due: "2026-12-02", tags: ["Y", "X"] }] },
      "--dry-run"
    )
    expect(planned.stdout).toBe(
      "~ change  1  a  A\n".replace("  A", "  B") +
        "    title: A → B\n    priority: p1 → (none)\n    due: 2026-12-01 → 2026-12-02\n1 to change, 0 unchanged\n"
    )
    await applied({ tasks: [{ externalId: "a", title: "B", priority: null, due: "2026-12-02", tags: ["Y", "X"] }] })
    expect(await cli.account.tasks()).toMatchObject([
      { number: 1, title: "B", priority: null, due: { date: "2026-12-02" }, tags: ["x", "y"], description: "By-hand" }
    ])
    // A task that was made by hand, and is called so, is it.
    await cli.account.addTask("By hand", { externalId: "b", extra: { own: "1" } })
    await applied({ set: "s", tasks: [{ externalId: "b", extra: { own: null, more: "2" } }] })
    expect((await cli.account.tasks())[1]).toMatchObject({ title: "By hand", extra: { more: "2", "apply.set": "s" } })
    await applied({ tasks: [{ externalId: "b", extra: null, completed: true }] })
    expect((await cli.account.tasks())[1]).toMatchObject({ completed: true, extra: { "apply.set": "s" } })
    await cli.succeed("reopen 2")
    expect((await apply({ tasks: [{ externalId: "b" }] }, "--dry-run")).exitCode).toBe(0)
    expect((await apply({ tasks: [{ externalId: "b", completed: true }] }, "--dry-run")).exitCode).toBe(1)
  })

  it("leaves a task that repeats where it has gone on to, until the file says another date", async () => {
    const weekly = (due: string, repeat: unknown = "every friday") => ({
      tasks: [{ externalId: "w", title: "Review", due, repeat }]
    })
    await applied(weekly("2026-12-04 09:00"))
    expect(await cli.account.tasks()).toMatchObject([
      { due: { date: "2026-12-04", time: "09:00" }, repeat: { rule: "FREQ=WEEKLY;BYDAY=FR", text: "every friday" } }
    ])
    await cli.succeed("done 1")
    const [{ due } = { due: null }] = await cli.account.tasks()
    expect(due?.date).not.toBe("2026-12-04")
    expect(await applied(weekly("2026-12-04 09:00"))).toBe("Nothing to do, 1 unchanged\n")
    await applied(weekly("2026-12-05"))
    expect(await cli.account.tasks()).toMatchObject([{ due: { date: "2026-12-05" } }])
    await applied(weekly("2026-12-05", { rule: "FREQ=DAILY;INTERVAL=2", from: "completion" }))
    expect(await cli.account.tasks()).toMatchObject([
      { repeat: { rule: "FREQ=DAILY;INTERVAL=2", from: "completion", missed: "skip" } }
    ])
    expect((await apply(weekly("2026-12-05", { rule: "interval=2" }))).exitCode).toBe(2)
    await applied(weekly("2026-12-06", null))
    expect(await cli.account.tasks()).toMatchObject([{ repeat: null, due: { date: "2026-12-06" }, extra: {} }])
  })

  it("moves to the trash what it has made and no file has, and takes it out when one has it again", async () => {
    await applied(release)
    await cli.succeed("add --literal By-hand")
    const without = release.replace(/ {6}- externalId: release:notes[^]*?(?= {6}- externalId: release:done)/, "")
      .replace("        after: [release:notes]\n", "        after: []\n")
    // Without --prune nothing goes.
    expect(await applied(without)).not.toMatch(/^- /m)
    const planned = await apply(without, "--prune", "--dry-run")
    expect(planned).toMatchObject({ exitCode: 1 })
    expect(planned.stdout).toBe("- remove  3  release:notes  Write the notes\n1 to remove, 3 unchanged\n")
    expect(await applied(without, "--prune")).toMatch(/^1 removed, 3 unchanged$/m)
    expect(await cli.json("trash")).toMatchObject([{ externalId: "release:notes" }])
    expect(await applied(without, "--prune")).toBe("Nothing to do, 3 unchanged\n")
    expect(await applied(release)).toMatch(/^\+ restored {2}3 {2}release:notes/m)
    expect(await apply(release, "--dry-run")).toMatchObject({ exitCode: 0 })
    expect(await cli.json("trash")).toEqual([])
    // Another set is not touched, and neither is what has no set.
    await applied("set: other\ntasks: []\n", "--prune")
    expect(await applied("tasks: []\n", "--set", "release", "--prune")).toMatch(/^4 removed, 0 unchanged$/m)
    expect(await cli.account.tasks()).toMatchObject([{ title: "By-hand" }])
    await cli.succeed("undo")
    expect(await cli.account.tasks()).toHaveLength(5)
  })

  it("leaves in the trash what is in no file, also where what it was below comes back", async () => {
    const top = { set: "deep", tasks: [{ externalId: "top", title: "Top" }] }
    await applied({ ...top, tasks: [{ ...top.tasks[0], tasks: [{ externalId: "low", title: "Low" }] }] })
    await applied({ set: "deep", tasks: [] }, "--prune")
    await applied(top, "--prune")
    expect((await cli.account.tasks()).map(({ title }) => title)).toEqual(["Top"])
    expect((await apply(top, "--prune", "--dry-run")).exitCode).toBe(0)
  })

  it("keeps what has something below it that it has not made", async () => {
    await applied({ set: "s", tasks: [{ externalId: "a", title: "A", tasks: [{ externalId: "b", title: "B" }] }] })
    await cli.succeed("add --literal Own --parent 2")
    const pruned = await applied({ set: "s", tasks: [] }, "--prune")
    expect(pruned).toContain("! kept  2  b  B\n    below it is what is not of the set: 3  Own\n")
    expect(pruned).toMatch(/^Nothing to do, 2 kept, 0 unchanged$/m)
    expect((await apply({ set: "s", tasks: [] }, "--prune", "--dry-run")).exitCode).toBe(0)
  })

  it("moves and links tasks whatever they were like before", async () => {
    const one = { tasks: [{ externalId: "a", title: "A", tasks: [{ externalId: "b", title: "B", after: [] }] }] }
    await applied(one)
    // Round about, below another, and what is new between them.
    const other = {
      tasks: [
        { externalId: "b", parent: null, after: ["n"], tasks: [{ externalId: "a", after: [] }] },
        { externalId: "n", title: "N", after: ["a"], project: "Home" }
      ]
    }
    await applied(other)
    expect((await apply(other, "--dry-run")).exitCode).toBe(0)
    await applied({ tasks: [{ externalId: "n", after: [] }, { externalId: "b", after: [], project: "Home" }] })
    await applied({ tasks: [{ externalId: "a", after: ["n"] }, { externalId: "n", parent: "b", completed: true }] })
    expect((await cli.account.tasks()).map(({ externalId, completed }) => [externalId, completed])).toEqual([
      ["a", false],
      ["b", false],
      ["n", true]
    ])
    expect(await apply({ tasks: [{ externalId: "a", after: ["b"] }] })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("tasks[0].after[0]: It waits for itself: a, after b, above a")
    })
  })

  it("does nothing of it where somebody was quicker, and says so", async () => {
    await applied({ tasks: [{ externalId: "a", title: "A" }, { externalId: "b", title: "B" }] })
    const [first] = await cli.account.tasks()
    cli.instead = (request) => {
      if (request.url.endsWith("/batch")) changeNow(first!.id)
      return undefined
    }
    const outcome = await apply({ tasks: [{ externalId: "b", title: "C" }, { externalId: "a", title: "D" }] })
    expect(outcome).toEqual({
      exitCode: 5,
      stdout: "",
      stderr: "error: a: It was changed meanwhile\nNothing was done.\nRun it again: the plan is made anew.\n"
    })
    expect((await cli.account.tasks()).map(({ title }) => title)).toEqual(["A", "B"])
  })

  it("finds what is in an archived project, and says where nothing can be written into it", async () => {
    await applied({ tasks: [{ externalId: "a", title: "A", project: "Old" }] })
    await cli.succeed("project archive Old")
    expect((await apply({ tasks: [{ externalId: "a", title: "A", project: "Old" }] }, "--dry-run")).exitCode).toBe(0)
    expect(await apply({ tasks: [{ externalId: "a", title: "B" }] })).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining("archived")
    })
    await applied({ tasks: [{ externalId: "a", project: null }] })
    expect(await cli.account.tasks()).toMatchObject([{ projectId: null }])
  })

  it("does as many as there are, in several operations where one has not room for them", async () => {
    const tasks = Array.from({ length: 620 }, (_, index) => ({ externalId: `t${index}`, title: `Task ${index}` }))
    const { exitCode, stderr, stdout } = await apply({ set: "many", tasks })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: "This is more than one operation has: it is done in several, in order.\n"
    })
    expect(stdout).toMatch(/^620 created, 0 unchanged$/m)
    expect(await operationsSince()).toBe(2)
    expect((await apply({ set: "many", tasks }, "--dry-run", "--prune")).exitCode).toBe(0)
  })

  it("says all that is wrong with a file, by line and path, before anything is asked of the service", async () => {
    const { exitCode, stderr } = await apply(`
set: s
tasks:
  - externalId: a
    title: 2026
    due: tomorrow
    tgas: [x]
    tasks:
      - { externalId: 7, title: x }
  - { title: y, extra: { apply.set: z } }
  - { externalId: a, title: again, completed: true, repeat: every day, due: 2026-12-01 }
more: 1
`)
    expect(exitCode).toBe(2)
    expect(stderr).toMatchInlineSnapshot(`
      "error: stdin:5:12: tasks[0].title: Expected a text: put 2026 in quotes
      stdin:6:10: tasks[0].due: Expected a date in figures, such as 2026-10-31 or 2026-10-31 09:30: what words mean changes every day
      stdin:7:5: tasks[0].tgas: There is no such member (Did you mean tags?)
      stdin:9:23: tasks[0].tasks[0].externalId: Expected a text: put 7 in quotes
      stdin:10:5: tasks[1]: There is no externalId
      stdin:10:24: tasks[1].extra: What begins with apply. is kept by todo apply
      stdin:12:1: more: There is no such member
      "
    `)
    expect(cli.received).toEqual([])
    expect((await apply("tasks: [{ externalId: a")).stderr).toMatch(/^error: stdin:1:\d+: /)
    expect((await apply("", "--prune", "--set", "s")).stderr).toMatch(/^error: stdin: There is nothing in it/)
    const bomb = "a: &a [x,x]\n" + [..."bcdefghi"].map((name, index) => {
      const before = "abcdefghi"[index]!
      return `${name}: &${name} [*${before},*${before},*${before},*${before}]`
    }).join("\n")
    expect((await apply(`${bomb}\ntasks: *i\n`)).stderr).toMatch(/^error: stdin: Excessive alias count/)
    expect((await apply(`tasks: ${"[".repeat(10_000)}`)).exitCode).toBe(2)
    expect((await apply({ tasks: [{ externalId: "a" }] })).stderr).toMatch(/needs a title/)
    expect((await apply({ tasks: [{ externalId: "a", title: "A", after: ["z"] }] })).stderr).toMatch(/no task z/)
    expect((await apply({ tasks: [] }, "--prune")).stderr).toMatch(/--prune needs the name of the set/)
    expect((await apply({ set: "s", tasks: [] }, "--set", "t")).exitCode).toBe(2)
    expect((await cli.todo("apply -f nosuch.yaml")).stderr).toBe("error: nosuch.yaml: There is no such file\n")
    // With --dry-run 1 is for differences alone.
    cli.instead = () => ({ status: 200, body: {} })
    expect((await apply({ tasks: [{ externalId: "a", title: "A" }] })).exitCode).toBe(1)
    expect((await apply({ tasks: [{ externalId: "a", title: "A" }] }, "--dry-run")).exitCode).toBe(2)
  })

  it("prints the plan as JSON, and external ids with --quiet", async () => {
    const file = { set: "s", tasks: [{ externalId: "a", title: "A", project: "Home" }] }
    expect(JSON.parse((await apply(file, "--dry-run", "--json")).stdout)).toEqual({
      applied: false,
      set: "s",
      projects: [{ action: "create", path: "Home" }],
      tasks: [{
        action: "create",
        externalId: "a",
        id: null,
        number: null,
        title: "A",
        changes: [
          { member: "title", from: null, to: "A" },
          { member: "project", from: null, to: "Home" },
          { member: "set", from: null, to: "s" }
        ]
      }],
      operations: []
    })
    const done = JSON.parse(await applied(file, "--json"))
    expect(done).toMatchObject({
      applied: true,
      tasks: [{ action: "create", number: 1 }],
      operations: [expect.any(String)]
    })
    expect(await applied({ set: "s", tasks: [{ externalId: "b", title: "B" }] }, "--quiet")).toBe("b\n")
  })

  it.skipIf(!hasTerminals)("asks on a terminal before it removes anything", async () => {
    await applied({ set: "s", tasks: [{ externalId: "a", title: "A" }] })
    const removing = "apply -f /dev/fd/3 --prune 3<<'E'\nset: s\ntasks: []\nE\n"
    const kept = await onTerminal(cli.program, removing, { env: { NO_COLOR: "1" }, typing: [["?", "n"]] })
    expect(kept.text).toContain("- remove  1  a  A")
    expect(kept.text).toContain("Nothing was done.")
    expect(await cli.account.tasks()).toHaveLength(1)
    await onTerminal(cli.program, removing, { env: { NO_COLOR: "1" }, typing: [["?", "y"]] })
    expect(await cli.account.tasks()).toHaveLength(0)
  })
})
