import { setTimeout } from "node:timers/promises"
import { Client, type Tally, type User } from "./Client.ts"
import { Cluster } from "./Cluster.ts"
import { FaultyNetwork, type Harm } from "./FaultyNetwork.ts"
import { audit, type Shown } from "./Ledger.ts"

export interface Plan {
  readonly users: number
  readonly clientsEach: number
  /** How often the service is killed with -9, and how often PostgreSQL. */
  readonly kills: number
  /** Writes to be acknowledged between one blow and the next. */
  readonly writesBetween: number
  readonly onLog: (chunk: Buffer) => void
}

export interface Verdict {
  readonly tally: Tally
  readonly harm: Harm & { serviceKilled: number; postgresKilled: number; backendsTerminated: number }
  /** Tasks that were there at the end. */
  readonly tasks: number
  /** Promises that were not kept, in words. */
  readonly violations: ReadonlyArray<string>
}

/**
 * Lets many clients write through a bad network while the service, PostgreSQL
 * and its connections are killed, and then compares what every user has with
 * what the clients were told.
 */
export const keepPromises = async ({ clientsEach, kills, onLog, users, writesBetween }: Plan): Promise<Verdict> => {
  const cluster = await Cluster.start(onLog)
  const network = await FaultyNetwork.start(cluster.port)
  try {
    const tally: Tally = { acknowledged: 0, replayed: 0, unanswered: 0, refused: 0, abandoned: 0, read: 0 }
    const violations: Array<string> = []
    const people = await Promise.all(Array.from({ length: users }, (_, user) => signUp(cluster.url, `User ${user}`)))
    const clients = people.map((user) =>
      Array.from(
        { length: clientsEach },
        (_, index) => new Client(network.url, user, `client ${index}`, tally, (what) => violations.push(what))
      )
    )

    const over = new AbortController()
    const work = clients.flat().map((client) => client.work(over.signal))
    const blows = await strike(cluster, { kills, writesBetween, tally })
    network.heal()
    over.abort()
    await Promise.all(work)
    await Promise.all(clients.flat().map((client) => client.takeUpAgain()))
    // What was under way is brought to an end before anything is compared.
    await cluster.stopService()
    await cluster.startService()

    let tasks = 0
    for (const [index, user] of people.entries()) {
      const shown = await tasksOf(cluster.url, user)
      tasks += shown.length
      violations.push(...audit(clients[index]!.flatMap((client) => client.entries), shown))
    }
    return { tally, harm: { ...network.harm, ...blows }, tasks, violations }
  } finally {
    await network.stop()
    await cluster.stop()
  }
}

/** Kills by turns the service and PostgreSQL while clients write, and terminates backends all the time. */
const strike = async (
  cluster: Cluster,
  { kills, tally, writesBetween }: Pick<Plan, "kills" | "writesBetween"> & { readonly tally: Tally }
) => {
  const blows = { serviceKilled: 0, postgresKilled: 0, backendsTerminated: 0 }
  const someWrites = async () => {
    const enough = tally.acknowledged + writesBetween
    while (tally.acknowledged < enough) {
      await setTimeout(100 + Math.random() * 200)
      blows.backendsTerminated += await cluster.terminateBackends()
    }
  }
  for (let i = 0; i < kills; i++) {
    await someWrites()
    await cluster.stopService("SIGKILL")
    blows.serviceKilled++
    await cluster.startService()
    await someWrites()
    await cluster.killPostgres()
    blows.postgresKilled++
    await cluster.startPostgres()
  }
  await someWrites()
  return blows
}

const signUp = async (url: string, name: string): Promise<User> => {
  const entered = await fetch(`${url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", "origin": url },
    body: JSON.stringify({
      name,
      email: `checker-${crypto.randomUUID()}@example.com`,
      password: "correct horse battery"
    })
  })
  if (!entered.ok) throw new Error(await entered.text())
  const { token } = await entered.json() as { readonly token: string }
  const exchanged = await fetch(`${url}/api/auth/token`, { headers: { authorization: `Bearer ${token}`, origin: url } })
  return { name, jwt: (await exchanged.json() as { readonly token: string }).token }
}

const tasksOf = async (url: string, { jwt }: User): Promise<ReadonlyArray<Shown>> => {
  const tasks: Array<Shown> = []
  for (let cursor: string | null = ""; cursor !== null;) {
    const answer = await fetch(`${url}/api/v1/tasks?limit=200${cursor === "" ? "" : `&cursor=${cursor}`}`, {
      headers: { authorization: `Bearer ${jwt}` }
    })
    if (!answer.ok) throw new Error(await answer.text())
    const page = await answer.json() as { readonly items: ReadonlyArray<Shown>; readonly nextCursor: string | null }
    tasks.push(...page.items)
    cursor = page.nextCursor
  }
  return tasks
}
