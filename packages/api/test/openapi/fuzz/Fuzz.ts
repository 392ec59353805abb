import * as fc from "fast-check"
import { faultsOf, methodFaults, misfitsOf } from "./Conformance.ts"
import { methodsAt, type Operation, operations } from "./Contract.ts"
import { type Answer, exchange, type Sent } from "./Exchange.ts"
import { type Change, intact, type Plan, plans, tooLarge, without } from "./Plan.ts"
import { requestFor } from "./Request.ts"
import { Subject, type Target } from "./Subject.ts"

/** A way in which the service and its document differ, and the first request that showed it. */
export interface Fault {
  readonly operation: string
  readonly fault: string
  readonly request: string
}

/** What came of a run. */
export interface Outcome {
  readonly requests: number
  readonly faults: ReadonlyArray<Fault>
  /** The statuses that each operation has answered with, by its id. */
  readonly seen: ReadonlyMap<string, ReadonlySet<number>>
}

/** After these the account is no longer what it was. */
const spends = new Set(["signOut", "deleteAccount", "changePassword", "resetPassword"])
/** Some things are bounded for each user: after so many requests another takes over. */
const requestsOfSubject = 40

const changed = (...changes: ReadonlyArray<Change>): Plan => ({ ...intact, changes })

/** What no run may leave to chance: each status that can be brought about on purpose, and what has failed before. */
const always = ({ parameters }: Operation): ReadonlyArray<Plan> => [
  intact,
  ...[tooLarge, Buffer.from("null"), Buffer.from("{"), Buffer.from([0xff])].map((bytes) =>
    changed({ kind: "bytes", bytes })
  ),
  ...[null, 5, ["a\nb"], {}, "a\0b", "x".repeat(3000)].map((value) => changed({ kind: "member", at: 0, value })),
  changed({ kind: "media type", value: "text/plain" }),
  changed({ kind: "member", at: 0, value: without }),
  changed({ kind: "member", at: 1, value: "not the password" }),
  changed({ kind: "extra parameter", name: "x", value: "y" }),
  changed({ kind: "header", name: "origin", value: "http://evil.test" }),
  changed({ kind: "header", name: "host", value: "evil.test" }),
  changed({ kind: "method", method: "PUT" }),
  { ...intact, own: false },
  // The same once more.
  { ...intact, own: false },
  { ...intact, credential: "none" },
  { ...intact, credential: "garbage" },
  { ...intact, credential: "script secret" },
  { ...intact, credential: "jwt for reading" },
  { ...intact, credential: "jwt for writing" },
  ...parameters.filter((parameter) => parameter.in === "header").flatMap(({ name }): ReadonlyArray<Plan> => [
    { ...intact, headers: { [name]: name === "If-None-Match" ? "\"1\"" : "\"0\"" } },
    ...(name === "If-None-Match" ? [{ ...intact, headers: { [name]: "*" } }] : []),
    { ...intact, headers: { [name]: "\"0\"" }, changes: [{ kind: "extra member", name: "title", value: "Another" }] },
    { ...intact, headers: { [name]: "\"0\"" }, changes: [{ kind: "member", at: 0, value: "Another" }] },
    { ...intact, headers: { [name]: "\"0\"" }, changes: [{ kind: "no body" }] }
  ])
]

const shown = ({ body, headers, method, target }: Sent) =>
  [
    `${method} ${target.slice(0, 300)}`,
    ...headers.map(([name, value]) => `${name}: ${value.slice(0, 100)}`),
    "",
    JSON.stringify(body?.toString().slice(0, 500) ?? "")
  ].join("\n    ")

/** A body that the document does not allow, and that was taken all the same. */
const acceptedMisfits = ({ bodies }: Operation, { body, headers, method }: Sent, { status }: Answer) => {
  const type = headers.findLast(([name]) => name === "content-type")?.[1] ?? ""
  const schema = bodies.get(type)
  if (schema === undefined || !type.endsWith("json") || !body?.length || status >= 400 || method === "OPTIONS") {
    return []
  }
  return misfitsOf(schema, JSON.parse(body.toString().replace(/^\ufeff/, "")))
    // The length of a password is that of its normal text (NFKC).
    .filter((misfit) => !misfit.includes("format") && !/assword must NOT have/.test(misfit))
    .map((misfit) => `${status}, although ${misfit}`)
}

const tryOperation = async (target: Target, operation: Operation, all: ReadonlyArray<Plan>) => {
  const faults = new Map<string, Fault>()
  const seen = new Set<number>()
  let subject = await Subject.signUp(target)
  let used = 0
  for (const plan of all) {
    if (used++ === requestsOfSubject) {
      subject = await Subject.signUp(target)
      used = 0
    }
    const sent = await requestFor(target, operation, plan, subject)
    const answer = await exchange(target.url, target.agent, sent)
    const isOwn = sent.method === operation.method
    const documented = methodsAt(operation.path).includes(sent.method)
    if (isOwn) seen.add(answer.status)
    const found = isOwn || (sent.method === "HEAD" && operation.method === "GET")
      ? [...faultsOf(operation, sent, answer), ...acceptedMisfits(operation, sent, answer)]
      : documented
      ? []
      : methodFaults(operation, sent, answer)
    for (const fault of found) {
      if (faults.has(fault)) continue
      faults.set(fault, {
        operation: operation.id,
        fault,
        request: `${shown(sent)}\n  → ${answer.body.toString().slice(0, 400)}`
      })
    }
    if (answer.status < 400 && (spends.has(operation.id) || !isOwn)) used = requestsOfSubject
  }
  return { faults: [...faults.values()], seen }
}

/** Sends `runs` requests to each operation of the document, and those that every run has. */
export const fuzz = async (target: Target, { runs, seed }: { readonly runs: number; readonly seed: number }): Promise<
  Outcome
> => {
  const left = [...operations]
  const results: Array<readonly [Operation, Awaited<ReturnType<typeof tryOperation>>]> = []
  let requests = 0
  const work = async () => {
    for (let operation = left.shift(); operation !== undefined; operation = left.shift()) {
      const all = [...always(operation), ...fc.sample(plans(operation), { seed, numRuns: runs })]
      requests += all.length
      results.push([operation, await tryOperation(target, operation, all)])
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return {
    requests,
    faults: results.flatMap(([, { faults }]) => faults),
    seen: new Map(results.map(([{ id }, { seen }]) => [id, seen]))
  }
}
/** Statuses that the document has of an operation and that a run has not seen. */
export const unseen = ({ seen }: Outcome): ReadonlyArray<string> =>
  operations.flatMap(({ id, responses }) =>
    [...responses.keys()]
      .filter((status) => seen.get(id)?.has(Number(status)) !== true)
      .map((status) => `${id} ${status}`)
  )
