import { setTimeout } from "node:timers/promises"
import type { Tally } from "./Client.ts"
import type { Cluster } from "./Cluster.ts"

/** What was done to the service and its database. */
export interface Blows {
  serviceKilled: number
  postgresKilled: number
  backendsTerminated: number
  /** When PostgreSQL was killed. */
  readonly crashes: Array<number>
}

interface Plan {
  readonly kills: number
  readonly writesBetween: number
  readonly tally: Tally
  /** Done when all is up again, and has been written to since. */
  readonly inBetween: () => Promise<void>
}

/** Kills by turns a replica and PostgreSQL while clients write, and terminates backends all the time. */
export const strike = async (cluster: Cluster, { inBetween, kills, tally, writesBetween }: Plan): Promise<Blows> => {
  const blows: Blows = { serviceKilled: 0, postgresKilled: 0, backendsTerminated: 0, crashes: [] }
  const someWrites = async () => {
    const enough = tally.acknowledged + writesBetween
    while (tally.acknowledged < enough) {
      await setTimeout(100 + Math.random() * 200)
      blows.backendsTerminated += await cluster.terminateBackends()
    }
  }
  for (let round = 0; round < kills; round++) {
    const replica = cluster.replicas[round % cluster.replicas.length]!
    await someWrites()
    await replica.stop("SIGKILL")
    blows.serviceKilled++
    // Others go on without it.
    await someWrites()
    await replica.start()
    await someWrites()
    blows.crashes.push(performance.now())
    await cluster.killPostgres()
    blows.postgresKilled++
    await cluster.startPostgres()
    await someWrites()
    await inBetween()
  }
  return blows
}
