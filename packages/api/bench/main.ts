import { type Options, readOptions, usage } from "./Options.ts"
import { Report } from "./report/Report.ts"
import type { Finding } from "./scenarios/Scenario.ts"
import { scenarios } from "./scenarios/scenarios.ts"
import { Stage } from "./stage/Stage.ts"

const say = (progress: string) => process.stderr.write(`${progress}\n`)

/** Runs both sides once before anything is measured: compilers, caches and connection pools are warm then. */
const warm = async (stage: Stage, { against, members, tasksEach, users }: Options) => {
  say(`${users} users with ${tasksEach} tasks each, twice`)
  const pair = await stage.pair({ users, tasksEach }, against, members)
  for (const side of pair) await side.measure({ work: "mix", connections: 64, seconds: 4, warmUpSeconds: 0 })
  return pair
}

const main = async (options: Options) => {
  const stage = await Stage.set()
  const interrupted = () => stage.strike().finally(() => process.exit(130))
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted)
  try {
    let pair: ReturnType<typeof warm> | undefined
    const bench = { options, stage, say, pair: () => pair ??= warm(stage, options) }
    const findings: Record<string, Finding> = {}
    for (const name of options.only) {
      findings[name] = await scenarios[name]!(bench)
    }
    const report = new Report(options, findings)
    process.stdout.write(report.text())
    if (options.write) await report.write()
  } finally {
    await stage.strike()
  }
}

const commandLine = () => {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
    return process.exit(2)
  }
}

const options = commandLine()
if (options.help) process.stdout.write(usage)
else await main(options)
