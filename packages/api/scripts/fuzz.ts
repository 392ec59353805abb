/*
 * Whether the service and docs/openapi.json agree: requests for every operation, right and wrong, each answer held
 * against the document. Against a service of its own, or one that runs with RATE_LIMITS=off. A seed makes a run again.
 *
 *   node packages/api/scripts/fuzz.ts [--runs 1000, for each operation] [--seed 1] [--url http://localhost:3000 | --port 4893]
 */
import { Agent } from "node:http"
import { parseArgs } from "node:util"
import { fuzz } from "../test/openapi/fuzz/Fuzz.ts"
import { reportOf } from "../test/openapi/fuzz/Report.ts"
import { deploy } from "./Deployment.ts"

const { values } = parseArgs({
  options: { runs: { type: "string" }, seed: { type: "string" }, url: { type: "string" }, port: { type: "string" } }
})
const runs = Number(values.runs ?? 1000)
const seed = Number(values.seed ?? Date.now() % 2 ** 31)

const run = async (url: string, origin: string) => {
  const agent = new Agent({ keepAlive: true })
  console.log(`Seed ${seed}`)
  const outcome = await fuzz({ url, origin, agent }, { runs, seed })
  agent.destroy()
  console.log(reportOf(outcome, seed))
  if (outcome.faults.length > 0) process.exitCode = 1
}

if (values.url === undefined) {
  const origin = "http://app.test"
  await deploy(async ({ start }) => {
    const { url } = await start(Number(values.port ?? 4893), { RATE_LIMITS: "off", CORS_ORIGINS: origin })
    await run(url, origin)
  })
} else {
  const { origin } = new URL(values.url)
  await run(origin, origin)
}
