import { assert, describe, it } from "@effect/vitest"
import { domainOf, MailQueue, type Waiting } from "../../src/mail/MailQueue.ts"

interface Named extends Waiting {
  readonly name: string
}

/** A mail that is named after its domain, and was tried as often as it says. */
const mail = (name: string, tries = 0, dueAt = 0): Named => ({ name, domain: name[0]!, tries, dueAt })

/** Has all that wait go out one after another. */
const all = (queue: MailQueue<Named>) => {
  const names: Array<string> = []
  for (let one = queue.next(); one !== undefined; one = queue.next()) {
    names.push(one.name)
    queue.done(one)
  }
  return names
}

describe("mails that wait", () => {
  it("go out in the order of domains that take turns", () => {
    const queue = new MailQueue<Named>(10)
    for (const name of ["a1", "a2", "a3", "b1", "b2", "c1"]) queue.add(mail(name))
    assert.deepStrictEqual(all(queue), ["a1", "b1", "c1", "a2", "b2", "a3"])
  })

  it("have four turns at once, of which one domain has two", () => {
    const queue = new MailQueue<Named>(10)
    for (const name of ["a1", "a2", "a3", "b1", "c1", "d1"]) queue.add(mail(name))
    const first = Array.from({ length: 5 }, () => queue.next()?.name)
    assert.deepStrictEqual(first, ["a1", "b1", "c1", "d1", undefined])
    queue.done(mail("b1"))
    assert.strictEqual(queue.next()?.name, "a2")
    queue.done(mail("c1"))
    assert.isUndefined(queue.next())
    queue.done(mail("a1"))
    assert.strictEqual(queue.next()?.name, "a3")
  })

  it("go out again when it is time, after all that are new", () => {
    let now = 0
    const queue = new MailQueue<Named>(10, () => now)
    queue.add(mail("a1", 1, 1000))
    assert.deepStrictEqual(all(queue), [])
    now = 1000
    queue.add(mail("a2"))
    queue.add(mail("b1"))
    assert.deepStrictEqual(all(queue), ["a2", "b1", "a1"])
  })

  it("give way where the domain has most of them, those first that failed", () => {
    const queue = new MailQueue<Named>(4)
    for (const one of [mail("a1"), mail("a2", 1), mail("a3"), mail("b1")]) queue.add(one)
    assert.strictEqual(queue.add(mail("c1"))?.name, "a2")
    assert.strictEqual(queue.add(mail("d1"))?.name, "a3")
    assert.strictEqual(queue.add(mail("d2"))?.name, "d2")
    assert.deepStrictEqual(all(queue), ["a1", "b1", "c1", "d1"])
  })

  it("give way where they failed, if no domain has more than others", () => {
    const queue = new MailQueue<Named>(3)
    for (const one of [mail("a1"), mail("b1", 1), mail("c1")]) queue.add(one)
    assert.strictEqual(queue.add(mail("d1"))?.name, "b1")
  })

  it("belong to the domain that somebody has, not to a name below it", () => {
    assert.strictEqual(domainOf("a@b.Example.com"), "example.com")
    assert.strictEqual(domainOf("\"a@c\"@example.com"), "example.com")
  })
})
