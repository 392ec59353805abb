import { setTimeout } from "node:timers/promises"
import type { Tally } from "./Client.ts"
import { Cluster } from "./Cluster.ts"
import { FaultyNetwork, type Harm } from "./FaultyNetwork.ts"
import { Gate } from "./Gate.ts"
import { judge } from "./judge.ts"
import { Person } from "./Person.ts"
import { type Blows, strike } from "./strike.ts"

export interface Plan {
  readonly users: number
  readonly clientsEach: number
  /** Of each user: the first from the beginning, the others later. */
  readonly followersEach: number
  /** How often a replica of the service is killed with -9, and how often PostgreSQL. */
  readonly kills: number
  /** Writes to be acknowledged between one blow and the next. */
  readonly writesBetween: number
  readonly onLog: (chunk: Buffer) => void
}

export interface Verdict {
  readonly tally: Tally
  readonly harm: Harm & Blows
  /** What followers were told, how often they went on at another replica, and how often they were cut before. */
  readonly followed: { readonly items: number; readonly resumed: number; readonly cut: number }
  /** Operations on record at the end, and tasks. */
  readonly operations: number
  readonly tasks: number
  /** Promises that were not kept, in words. */
  readonly violations: ReadonlyArray<string>
}

/** How long after each other followers begin, in milliseconds. */
const apart = 4000

/**
 * Lets many clients write and undo, and others follow them, through a bad network, while replicas of the service,
 * PostgreSQL and its connections are killed. Then compares what everybody was told with the record and the lists.
 */
export const keepPromises = async ({ kills, onLog, users, writesBetween, ...each }: Plan): Promise<Verdict> => {
  const cluster = await Cluster.start(onLog, 2)
  const networks = await Promise.all(cluster.replicas.map(({ port }) => FaultyNetwork.start(port)))
  try {
    const tally: Tally = {
      acknowledged: 0,
      replayed: 0,
      unanswered: 0,
      refused: 0,
      changedSince: 0,
      abandoned: 0,
      read: 0
    }
    const violations: Array<string> = []
    const plan = {
      ...each,
      urls: networks.map(({ url }) => url),
      tally,
      violated: (what: string) => violations.push(what)
    }
    const people = await Promise.all(
      Array.from({ length: users }, (_, user) => Person.signUp(cluster.url, `User ${user}`, plan))
    )
    const settled = async () => {
      violations.push(...(await Promise.all(people.map((person) => person.settled(cluster.url)))).flat())
    }

    const [over, gate] = [new AbortController(), new Gate()]
    const work = people.flatMap(({ workers }) => workers).map(async (worker) => {
      while (!over.signal.aborted) await gate.pass(() => worker.act())
    })
    const followed = new AbortController()
    const following = people.flatMap(({ followers }) =>
      followers.map(async (follower, index) => {
        await setTimeout(index * apart)
        await follower.follow(followed.signal)
      })
    )
    const harm = await strike(cluster, { kills, writesBetween, tally, inBetween: () => gate.closed(settled) })
    for (const network of networks) network.heal()
    over.abort()
    await Promise.all(work)
    const clients = people.flatMap((person) => person.clients)
    await Promise.all(clients.map((client) => client.takeUpAgain()))
    // What was under way is brought to an end before anything is compared.
    for (const replica of cluster.replicas) {
      await replica.stop()
      await replica.start()
    }
    await settled()
    followed.abort()
    await Promise.all(following)

    const verdicts = await Promise.all(people.map((person) => judge(cluster.url, person, harm.crashes)))
    const followers = people.flatMap((person) => person.followers)
    const sum = <A>(all: ReadonlyArray<A>, count: (one: A) => number) => all.reduce((so, one) => so + count(one), 0)
    return {
      tally,
      harm: {
        ...harm,
        requestsLost: sum(networks, (network) => network.harm.requestsLost),
        answersDropped: sum(networks, (network) => network.harm.answersDropped),
        answersTruncated: sum(networks, (network) => network.harm.answersTruncated),
        answersSwallowed: sum(networks, (network) => network.harm.answersSwallowed)
      },
      followed: {
        items: sum(followers, ({ items }) => items.length),
        resumed: sum(followers, ({ resumed }) => resumed),
        cut: sum(followers, ({ cut }) => cut)
      },
      operations: sum(verdicts, ({ operations }) => operations),
      tasks: sum(verdicts, ({ tasks }) => tasks),
      violations: [...violations, ...verdicts.flatMap((verdict) => verdict.violations)]
    }
  } finally {
    for (const network of networks) await network.stop()
    await cluster.stop()
  }
}
