import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, bearer, newPerson, type Person, sendJson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

const path = "/api/v1/tasks/quick"

const add = (person: Person, body: object, headers?: Record<string, string>) => person.json("POST", path, body, headers)

const count = (person: Person) => Effect.map(person.get("/api/v1/tasks/count"), ({ body }) => body.count)

layer(TestService.layer, { excludeTestServices: true })("tasks by words", (it) => {
  it.effect("are made with all that the words say, and the answer says how they were read", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const home = yield* person.json("POST", "/api/v1/projects", { name: "Home" })
      const text = "Pay rent 2999-11-27 9am every month #home @bank p1 // By wire"
      const { body, headers, status } = yield* add(person, { text })
      assert.strictEqual(status, 201)
      assert.isString(headers.get("operation-id"))
      assert.lengthOf(body.tasks, 1)
      const { description, due, priority, projectId, tags, title } = body.tasks[0]
      assert.deepStrictEqual({ description, due, priority, projectId, tags, title }, {
        description: "By wire",
        due: { date: "2999-11-27", time: "09:00", timeZone: null },
        priority: "p1",
        projectId: home.body.id,
        tags: ["bank"],
        title: "Pay rent"
      })
      const parts = body.parsed.spans.map(({ from, kind, to }: { from: number; kind: string; to: number }) => [
        kind,
        text.slice(from, to)
      ])
      assert.deepStrictEqual(parts.slice(-4), [
        ["project", "#home"],
        ["tag", "@bank"],
        ["priority", "p1"],
        ["description", "// By wire"]
      ])
      const [unused] = body.parsed.unused
      assert.strictEqual(text.slice(unused.from, unused.to), "Pay rent")
    }))

  it.effect("by the hour have their date in words beside them, when they are made and later on", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const settings = yield* person.json("PATCH", "/api/v1/settings", { timeZone: "Asia/Tokyo" })
      const beside = yield* add(person, { text: "Look every 5 hours", task: { dueText: "2999-01-02 9am" } })
      const rule = yield* person.json("POST", "/api/v1/tasks", {
        title: "Look",
        dueText: "2999-01-02 9am",
        repeat: { rule: "FREQ=HOURLY;INTERVAL=5" }
      })
      assert.deepStrictEqual([settings.status, beside.status, rule.status], [200, 201, 201])
      const due = { date: "2999-01-02", time: "00:00", timeZone: "Etc/UTC" }
      assert.deepStrictEqual([beside.body.tasks[0].due, rule.body.due], [due, due])
      const path = `/api/v1/tasks/${rule.body.id}`
      const moved = yield* person.json("PATCH", path, { dueText: "2999-01-03 18:00" })
      assert.deepStrictEqual([moved.status, moved.body.due], [200, {
        date: "2999-01-03",
        time: "09:00",
        timeZone: "Etc/UTC"
      }])
    }))

  it.effect("that there may not be are told with what is wrong, when they are only read", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const stairs = Array.from({ length: 9 }, (_, level) => `${"  ".repeat(level)}Step`).join("\n")
      const read = yield* person.json("POST", "/api/v1/tasks/parse", { text: `${"a".repeat(501)}\nShort\n${stairs}` })
      const problems = read.body.tasks.map((task: { problems: ReadonlyArray<string> }) => task.problems.length)
      assert.deepStrictEqual([read.status, problems], [200, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]])
      const [made, deep] = [yield* add(person, { text: "a".repeat(501) }), yield* add(person, { text: stairs })]
      assert.include(made.body.errors[0].message, read.body.tasks[0].problems[0])
      assert.deepStrictEqual([made.status, deep.status], [400, 409])
      assert.strictEqual(deep.body.detail, read.body.tasks[10].problems[0])
      assert.strictEqual(yield* count(person), 0)
    }))

  it.effect("have the ids that were chosen, and no id twice, whatever the key", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const [first, second] = ["0198c0de-7a5c-7000-8000-0000000000d1", "0198c0de-7a5c-7000-8000-0000000000d2"]
      const headers = { "task-ids": `${first}, ${second}` }
      const idsOf = ({ body }: { body: { tasks: ReadonlyArray<{ id: string }> } }) => body.tasks.map(({ id }) => id)
      const text = "Pack\n- passports"
      const made = yield* add(person, { text }, headers)
      assert.deepStrictEqual([made.status, ...idsOf(made)], [201, first, second])
      const again = yield* add(person, { text }, headers)
      assert.deepStrictEqual([again.status, ...idsOf(again)], [201, first, second])
      assertProblem(yield* add(person, { text: "Something else" }, { "task-ids": second }), 409, "id_taken")
      assert.strictEqual(yield* count(person), 2)
      const more = yield* add(person, { text: "One\nTwo" }, { "task-ids": first.replace("d1", "d3") })
      assert.strictEqual(idsOf(more)[0], first.replace("d1", "d3"))
      const malformed = yield* add(person, { text: "Something else" }, { "task-ids": "7" })
      assert.strictEqual(malformed.status, 400)
    }))

  it.effect("sent late are read as at the moment when they were said", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const said = { "said-at": "2026-10-05T22:30:00.000Z" }
      const { body } = yield* add(person, { text: "Call tomorrow" }, said)
      assert.strictEqual(body.tasks[0].due.date, "2026-10-06")
      const elsewhere = yield* add(person, { text: "Call tomorrow" }, { ...said, "time-zone": "Europe/Berlin" })
      assert.strictEqual(elsewhere.body.tasks[0].due.date, "2026-10-07")
      const created = yield* person.json("POST", "/api/v1/tasks", { title: "Call", dueText: "tomorrow" }, said)
      assert.strictEqual(created.body.due.date, "2026-10-06")
      const patched = yield* person.json(
        "PATCH",
        `/api/v1/tasks/${created.body.id}`,
        { dueText: "in 3 days" },
        said
      )
      assert.strictEqual(patched.body.due.date, "2026-10-08")
      const operations = [{ op: "task.create", body: { title: "Call", dueText: "tomorrow" } }]
      yield* person.json("POST", "/api/v1/batch", { operations }, said)
      const { body: page } = yield* person.get("/api/v1/tasks")
      assert.strictEqual(page.items[0].due.date, "2026-10-06")
      // Nothing is said in the future.
      const future = yield* add(person, { text: "Call today" }, { "said-at": "2999-01-01T12:00:00.000Z" })
      assert.isBelow(Number(future.body.tasks[0].due.date.slice(0, 4)), 2999)
    }))

  it.effect("by the hour are due at the instant that the words tell, however they are said", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const made = yield* add(person, { text: "Look 2999-01-02 9am every 2 hours" })
      const day = yield* add(person, { text: "Look 2999-01-02 every 5 hours" })
      const read = yield* person.json("POST", "/api/v1/tasks/parse", { text: "Look 2999-01-02 every 5 hours" })
      const apart = yield* person.json("POST", "/api/v1/tasks", {
        title: "Look",
        dueText: "2999-01-02",
        repeatText: "every 5 hours"
      })
      assert.deepStrictEqual([made.status, day.status, read.status, apart.status], [201, 201, 200, 201])
      assert.deepStrictEqual(made.body.tasks[0].due, { date: "2999-01-02", time: "09:00", timeZone: "Etc/UTC" })
      const midnight = { date: "2999-01-02", time: "00:00", timeZone: "Etc/UTC" }
      assert.deepStrictEqual([day.body.tasks[0].due, read.body.tasks[0].due, apart.body.due], [
        midnight,
        midnight,
        midnight
      ])
    }))

  it.effect("of several lines are one operation, with those below others", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { body, headers } = yield* add(person, {
        text: "Trip #Lisbon\n  Tickets p1\n  Hotel\nRest",
        create: ["projects"]
      })
      assert.deepStrictEqual(body.tasks.map(({ title }: { title: string }) => title), [
        "Trip",
        "Tickets",
        "Hotel",
        "Rest"
      ])
      const [trip, tickets, hotel, rest] = body.tasks
      assert.deepStrictEqual([tickets.parentId, hotel.parentId, rest.parentId], [trip.id, trip.id, null])
      assert.deepStrictEqual([tickets.projectId, rest.projectId], [trip.projectId, null])
      yield* person.json("POST", `/api/v1/operations/${headers.get("operation-id")}/undo`, {})
      assert.strictEqual(yield* count(person), 0)
      assert.lengthOf((yield* person.get("/api/v1/projects")).body.items, 0)
    }))

  it.effect("are made once with a key, whatever has happened since", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const project = yield* person.json("POST", "/api/v1/projects", { name: "Home" })
      for (const text of ["Sweep tomorrow #Home", "Sweep tomorrow #Home\nDust"]) {
        const headers = { "idempotency-key": text.replaceAll(/\W/g, "-") }
        yield* person.json("PATCH", `/api/v1/projects/${project.body.id}`, { name: "Home" })
        const first = yield* add(person, { text }, headers)
        yield* person.json("PATCH", `/api/v1/projects/${project.body.id}`, { name: "House" })
        const again = yield* add(person, { text }, headers)
        assert.deepStrictEqual([first.status, again.status], [201, 201], again.text)
        assert.strictEqual(again.headers.get("idempotency-replayed"), "true")
        assert.deepStrictEqual(again.body, first.body)
        for (const other of ["#House!", "#Nowhere"]) {
          assertProblem(
            yield* add(person, { text: text.replace("#Home", other) }, headers),
            422,
            "idempotency_key_reused"
          )
        }
      }
      assert.strictEqual(yield* count(person), 3)
    }))

  it.effect("name projects of one's own: of others nothing is said", () =>
    Effect.gen(function*() {
      const [person, other] = [yield* newPerson, yield* newPerson]
      yield* other.json("POST", "/api/v1/projects", { name: "Garden" })
      for (const name of ["Garden", "Gardening", "Work"]) yield* person.json("POST", "/api/v1/projects", { name })
      const work = (yield* person.get("/api/v1/projects")).body.items.find(({ name }: { name: string }) =>
        name === "Work"
      )
      const garden = yield* person.get("/api/v1/projects")
      const own = garden.body.items.find(({ name }: { name: string }) => name === "Garden")
      const unknown = yield* add(person, { text: "Weed the beds #Gardn" })
      assertProblem(unknown, 422, "unknown_project")
      assert.deepStrictEqual([unknown.body.nearest, unknown.body.position], [["Garden", "Gardening", "Work"], 14])
      yield* person.json("POST", "/api/v1/projects", { name: "Misc", parentId: work.id })
      yield* person.json("POST", "/api/v1/projects", { name: "Misc", parentId: own.id })
      const ambiguous = yield* add(person, { text: "Sort it #misc" })
      assertProblem(ambiguous, 422, "ambiguous_project")
      assert.deepStrictEqual(ambiguous.body.paths.toSorted(), ["Garden/Misc", "Work/Misc"])
      assert.strictEqual((yield* add(person, { text: "Sort it #work/misc" })).status, 201)
      const foreign = yield* add(other, { text: "Weed #Work" })
      const absent = yield* add(other, { text: "Weed #Wors" })
      const bare = ({ text }: typeof foreign) => text.replace(/"requestId":"[^"]+"/, "").replace("#Wors", "#Work")
      assert.strictEqual(bare(foreign), bare(absent))
    }))

  it.effect("are refused where no title is left, or no rule says them, with the place", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const empty = yield* add(person, { text: "Sweep\ntomorrow @home" })
      assertProblem(empty, 422, "empty_title")
      assert.strictEqual(empty.body.position, 6)
      const never = yield* add(person, { text: "Shave every 6 workdays" })
      assertProblem(never, 422, "recurrence_not_expressible")
      assert.strictEqual(never.body.position, 6)
      const long = yield* add(person, { text: `Sweep\n\n${"x".repeat(501)}` })
      assertProblem(long, 400, "invalid_request")
      assert.match(long.body.detail, /^Line 3 /)
      assert.match(long.body.errors[0].message, /^Line 3: /)
      assert.strictEqual((yield* person.json("POST", "/api/v1/tasks/parse", { text: "a\n".repeat(200) })).status, 200)
      assertProblem(yield* add(person, { text: "a\n".repeat(200) + "b" }), 400, "invalid_request")
      assert.strictEqual(yield* count(person), 0)
    }))

  it.effect("with figures behind # name a project where one is called so", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const before = yield* add(person, { text: "Fix issue #12" })
      assert.deepInclude(before.body.tasks[0], { title: "Fix issue #12", projectId: null })
      yield* person.json("POST", "/api/v1/projects", { name: "12" })
      const after = yield* add(person, { text: "Fix issue #12" })
      assert.strictEqual(after.body.tasks[0].title, "Fix issue")
      assert.isString(after.body.tasks[0].projectId)
    }))

  it.effect("have what the request says beside them", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const task = { priority: "p2", tags: ["bags", "TRIP"], dueText: "2999-01-02" }
      const { body } = yield* add(person, { text: "Pack @trip p1\n  Socks", task })
      const [pack, socks] = body.tasks
      assert.deepInclude(pack, { title: "Pack", priority: "p2", tags: ["bags", "TRIP"], due: { date: "2999-01-02" } })
      const dates = "Pack 2999-03-03 start:2999-03-01 every monday"
      const beside = { due: { date: "2999-01-02" }, startText: "2999-01-01", repeatText: "every friday" }
      const before = (yield* add(person, { text: dates, task: beside })).body.tasks[0]
      assert.deepInclude(before, { title: "Pack", start: { date: "2999-01-01" }, due: { date: "2999-01-04" } })
      assert.strictEqual(before.repeat.rule, "FREQ=WEEKLY;BYDAY=FR")
      const text = (yield* add(person, { text: dates, task: { dueText: "2999-01-02" } })).body.tasks[0]
      assert.deepInclude(text, { start: { date: "2999-03-01" }, due: { date: "2999-01-02" } })
      assert.deepInclude(socks, { title: "Socks", priority: null, tags: [], parentId: pack.id })
    }))

  it.effect("are made and read by POST alone: a task is called neither parse nor quick", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      for (const name of ["parse", "quick"]) {
        const read = yield* person.get(`/api/v1/tasks/${name}?explain=true`)
        assertProblem(read, 405, "method_not_allowed")
        assert.strictEqual(read.headers.get("allow"), "POST, OPTIONS")
      }
      assertProblem(yield* person.json("PATCH", "/api/v1/tasks/count", {}), 405, "method_not_allowed")
      assert.strictEqual((yield* person.get("/api/v1/tasks/count")).status, 200)
    }))

  it.effect("are only read by /parse, also with a token that may read alone", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const token = yield* person.json("POST", "/api/v1/tokens", {
        name: "reader",
        scopes: ["tasks:read"],
        expiresInDays: 1
      })
      const asReader = (path: string, body: object) => sendJson("POST", path, body, bearer(token.body.secret))
      const text = "Water the plants 2999-10-07 every monday #Garden @green"
      const { body, status } = yield* asReader("/api/v1/tasks/parse", { text })
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(body.tasks, [{
        parent: null,
        title: "Water the plants",
        description: null,
        start: null,
        due: { date: "2999-10-07" },
        repeat: { rule: "FREQ=WEEKLY;BYDAY=MO", from: "schedule", text: "every monday" },
        occurrences: ["2999-10-07", "2999-10-14", "2999-10-21", "2999-10-28", "2999-11-04"],
        priority: null,
        project: "Garden",
        projectId: null,
        tags: ["green"],
        problems: []
      }])
      assertProblem(yield* asReader(path, { text }), 403, "insufficient_scope")
      assert.deepStrictEqual([yield* count(person), (yield* person.get("/api/v1/tags")).body.items.length], [0, 0])
    }))

  it.effect("are read in the language of the account", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      yield* person.json("PATCH", "/api/v1/settings", { language: "de", timeZone: "Europe/Berlin" })
      const { body } = yield* add(person, { text: "Müll rausbringen jeden zweiten Dienstag" })
      assert.deepInclude(body.tasks[0], { title: "Müll rausbringen" })
      assert.strictEqual(body.tasks[0].repeat.rule, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    }))
})

layer(TestService.layer, { excludeTestServices: true })("dates in words", (it) => {
  it.effect("are members of creations, patches, batches and puts", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const made = yield* person.json("POST", "/api/v1/tasks", {
        title: "Bins",
        startText: "2999-01-01",
        dueText: "2999-01-02 7am",
        repeatText: "every monday"
      })
      assert.deepInclude(made.body, {
        start: { date: "2999-01-01" },
        due: { date: "2999-01-07", time: "07:00", timeZone: null }
      })
      assert.deepInclude(made.body.repeat, { rule: "FREQ=WEEKLY;BYDAY=MO", text: "every monday" })
      const { id } = made.body
      const moved = yield* person.json("PATCH", `/api/v1/tasks/${id}`, { dueText: "jan 8 2999" })
      assert.deepStrictEqual(moved.body.due, { date: "2999-01-08", time: "07:00", timeZone: null })
      const cleared = yield* person.json("PATCH", `/api/v1/tasks/${id}`, { dueText: "no date", repeat: null })
      assert.isNull(cleared.body.due)
      const batch = yield* person.json("POST", "/api/v1/batch", {
        operations: [
          { op: "task.create", body: { title: "Sweep", repeatText: "every! 3 days", dueText: "2999-02-01" } },
          { op: "task.update", id, body: { dueText: "2999-03-01" } }
        ]
      })
      assert.strictEqual(batch.status, 200, batch.text)
      const swept = yield* person.get(`/api/v1/tasks/${batch.body.results[0].id}`)
      assert.deepInclude(swept.body.repeat, { rule: "FREQ=DAILY;INTERVAL=3", from: "completion" })
      assert.deepStrictEqual((yield* person.get(`/api/v1/tasks/${id}`)).body.due, { date: "2999-03-01" })
      const put = yield* person.json("PUT", "/api/v1/tasks/external/x", { title: "Put", dueText: "2999-04-01" })
      assert.deepStrictEqual([put.status, put.body.due], [201, { date: "2999-04-01" }])
      const many = yield* person.json("PATCH", "/api/v1/tasks?filter=all", { dueText: "2999-05-01" })
      assert.strictEqual(many.body.count, 3)
    }))

  it.effect("that cannot be read name the place", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { body: { id } } = yield* person.json("POST", "/api/v1/tasks", { title: "a", dueText: "2999-01-01" })
      const bad = yield* person.json("PATCH", `/api/v1/tasks/${id}`, { dueText: "tomorrow or so" })
      assertProblem(bad, 422, "invalid_date")
      assert.deepStrictEqual([bad.body.path, bad.body.position], [["payload", "dueText"], 9])
      const never = yield* person.json("PATCH", `/api/v1/tasks/${id}`, { repeatText: "every 6 workdays" })
      assertProblem(never, 422, "recurrence_not_expressible")
      assert.deepStrictEqual(never.body.path, ["payload", "repeatText"])
      const inBatch = yield* person.json("POST", "/api/v1/batch", {
        operations: [{ op: "task.remove", id }, { op: "task.update", id, body: { startText: "soon" } }]
      })
      assertProblem(inBatch, 422, "invalid_date")
      assert.deepStrictEqual([inBatch.body.index, inBatch.body.path.slice(-1)], [1, ["startText"]])
      const dry = yield* person.json("PATCH", "/api/v1/tasks?filter=all&dryRun=true", { dueText: "soon" })
      assertProblem(dry, 422, "invalid_date")
      const fine = yield* person.json("PATCH", "/api/v1/tasks?filter=all&dryRun=true", { dueText: "2999-01-02" })
      assert.deepStrictEqual([fine.status, fine.body.count], [200, 1])
      const twice = yield* person.json("PATCH", `/api/v1/tasks/${id}`, { due: null, dueText: "tomorrow" })
      assertProblem(twice, 422, "invalid_date")
    }))
})
