import { afterAll, beforeAll, it } from "@effect/vitest"
import * as fc from "fast-check"
import { Mailbox } from "../../support/Mailbox.ts"
import { newDatabase } from "../../support/newDatabase.ts"
import { newDataDirectory, ServiceProcess } from "../../support/ServiceProcess.ts"
import { type Change, type Step, World } from "./World.ts"

let replicas: ReadonlyArray<ServiceProcess>
let mailbox: Mailbox

beforeAll(async () => {
  const data = await newDataDirectory()
  const settings = {
    DATABASE_URL: (await newDatabase()).href,
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
    PUBLIC_URL: "http://localhost",
    TODO_DATA_DIR: data
  }
  mailbox = new Mailbox(data)
  replicas = await Promise.all([ServiceProcess.start(settings), ServiceProcess.start(settings)])
})
afterAll(() => Promise.all(replicas.map((replica) => replica.stop())))

const replica = fc.nat({ max: 1 })
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    "signIn" as const,
    "signIn" as const,
    "approve" as const,
    "approve" as const,
    "redeem" as const,
    "makeToken" as const,
    "end" as const,
    "endOthers" as const,
    "signOut" as const
  ),
  replica,
  pick: fc.nat({ max: 7 })
})
const wave = fc.record({
  change: fc.constantFrom<Change>("none", "password", "address", "reset"),
  replica,
  steps: fc.array(step, { minLength: 1, maxLength: 6 })
})

/** How many histories; more by hand: `GRANTS_RUNS=200 npx vitest run --project process grants`. */
const numRuns = Number(process.env["GRANTS_RUNS"] ?? 15)

it("nothing granted before the last change of credentials lives, and everything granted after it does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wave, { minLength: 2, maxLength: 5 }), async (waves) => {
      const world = new World(replicas.map(({ url }) => url), mailbox)
      await world.begin()
      for (const { change, replica, steps } of waves) await world.wave(change, replica, steps)
      await world.check()
    }),
    { numRuns, endOnFailure: true }
  )
}, 300_000)
