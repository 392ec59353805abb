import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, writeFileSync } from "node:fs"
import { type AddressInfo, createServer } from "node:net"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { Account } from "../Account.ts"
import { buildCli, type Cli } from "../Cli.ts"
import { CutNetwork, type Weather } from "./CutNetwork.ts"
import { judge, type Write } from "./judge.ts"
import { KilledService } from "./KilledService.ts"

/** How much is tried. */
export interface Trial {
  readonly writes: number
  readonly processes: number
  /** Of a hundred clients so many are killed while they run. */
  readonly killedClients: number
  readonly onProgress?: (written: number) => void
  /** Whether enough has been tried, before it is all. */
  readonly isEnough?: () => boolean
}

/** What was done, and what should not have been. */
export interface Came {
  readonly violations: ReadonlyArray<string>
  readonly acknowledged: number
  readonly clientsKilled: number
  readonly queued: number
  readonly serviceKills: number
  readonly cuts: number
  readonly tasks: number
}

const between = (least: number, most: number) => least + Math.random() * (most - least)

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** In which ways a task is added. */
const ways = [
  (title: string) => ({ args: ["add", title], stdin: "" }),
  (title: string) => ({ args: ["add", "--literal", title], stdin: "" }),
  (title: string) => ({ args: ["add", "-", "--literal"], stdin: title })
]

/** Runs the client, which may be killed before it ends by itself. */
const run = async (cli: Cli, args: ReadonlyArray<string>, stdin: string, killAfter: number | undefined) => {
  const child = spawn(process.execPath, [cli.binary, ...args], {
    env: { ...cli.env, TODO_QUEUE: "1", TODO_TIMEOUT: "2" },
    stdio: ["pipe", "pipe", "pipe"]
  })
  const timer = killAfter === undefined ? undefined : globalThis.setTimeout(() => child.kill("SIGKILL"), killAfter)
  let text = ""
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => text += chunk)
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => text += chunk)
  child.stdin.on("error", () => {}).end(stdin)
  const [exitCode, signal] = await once(child, "close") as [number | null, string | null]
  clearTimeout(timer)
  return { exitCode, killed: signal === "SIGKILL", text }
}

/** Kills the service and changes the weather until it is told to stop. */
const harm = async (service: KilledService, network: CutNetwork, isOver: () => boolean) => {
  // After silence clients go on without the service for a while, and send little.
  const weatherOf = (chance: number): Weather => chance < 0.05 ? "silent" : chance < 0.4 ? "answersLost" : "cut"
  const killing = async () => {
    // The first soon: also a short trial has one.
    for (let wait = between(500, 2000); !isOver(); wait = between(4000, 20_000)) {
      await setTimeout(wait)
      if (isOver()) return
      await service.kill()
      await setTimeout(between(0, 2000))
      await service.start()
    }
  }
  const cutting = async () => {
    while (!isOver()) {
      await setTimeout(between(500, 4000))
      network.change(weatherOf(Math.random()))
      await setTimeout(between(300, 3000))
      network.change("good")
    }
  }
  await Promise.all([killing(), cutting()])
}

const allTitles = async (account: Account): Promise<ReadonlyArray<string>> => {
  const tasks: Array<{ readonly number: number; readonly title: string }> = []
  let cursor: string | null = null
  do {
    const page: { items: typeof tasks; nextCursor: string | null } = await account.ask(
      "GET",
      `/tasks?limit=200${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`
    )
    tasks.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return tasks.toSorted((one, other) => one.number - other.number).map(({ title }) => title)
}

/** Sends what is left when all is well again; answers what then is left still. */
const sendRest = async (cli: Cli): Promise<ReadonlyArray<{ readonly command: string; readonly refusal: unknown }>> => {
  for (let tries = 0; tries < 20; tries++) {
    const { exitCode } = await run(cli, ["queue", "send"], "", undefined)
    if (exitCode === 0) break
    await setTimeout(500)
  }
  return JSON.parse((await run(cli, ["queue", "--json"], "", undefined)).text)
}

/**
 * Has processes add tasks, of which each is named after its process and its place, while the service is killed, the network
 * cut, and clients killed at random; then judges what there is.
 */
export const offlineTrial = async (
  { isEnough = () => false, killedClients, onProgress, processes, writes }: Trial
): Promise<Came> => {
  const port = await freePort()
  const network = await CutNetwork.start(port)
  const service = new KilledService(port, network.url)
  await service.start()
  const account = await Account.make(network.url)
  const cli = await buildCli(network.url)
  mkdirSync(cli.configDirectory, { mode: 0o700 })
  writeFileSync(join(cli.configDirectory, "credentials.json"), JSON.stringify({ [network.url]: account.entry }), {
    mode: 0o600
  })
  const said: Array<Write> = []
  const strange: Array<string> = []
  let queued = 0
  let isOver = false
  const worker = async (name: number) => {
    for (let place = 0; place < writes / processes && !isEnough(); place++) {
      const title = `worker ${name} place ${place}`
      const { args, stdin } = ways[place % ways.length]!(title)
      const isKilled = Math.random() * 100 < killedClients
      const { exitCode, killed, text } = await run(cli, args, stdin, isKilled ? between(20, 900) : undefined)
      if (text.includes("Queued")) queued++
      if (exitCode !== 0 && !killed) strange.push(`${title} ended with ${exitCode}: ${text}`)
      said.push({ name, place, isKnown: exitCode === 0 })
      onProgress?.(said.length)
    }
  }
  try {
    const harming = harm(service, network, () => isOver)
    await Promise.all(Array.from({ length: processes }, (_, name) => worker(name)))
    isOver = true
    await harming
    network.change("good")
    const left = await sendRest(cli)
    const titles = await allTitles(account)
    return {
      violations: [
        ...strange,
        ...left.map((one) => `left in the queue: ${JSON.stringify(one)}`),
        ...judge(said, titles)
      ],
      acknowledged: said.filter(({ isKnown }) => isKnown).length,
      clientsKilled: said.filter(({ isKnown }) => !isKnown).length,
      queued,
      serviceKills: service.kills,
      cuts: network.cuts,
      tasks: titles.length
    }
  } finally {
    isOver = true
    await service.stop()
    network.stop()
    cli.remove()
  }
}
