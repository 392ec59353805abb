import { setTimeout } from "node:timers/promises"
import { Client, type Tally } from "./Client.ts"
import { Follower } from "./Follower.ts"
import { differences } from "./judgeFollower.ts"
import { firstCursor, listsOf } from "./Record.ts"
import { type Session, signUp } from "./Session.ts"
import { Worker } from "./Worker.ts"

/** How many of somebody there are, and where they find the service. */
interface Plan {
  readonly clientsEach: number
  readonly followersEach: number
  readonly urls: ReadonlyArray<string>
  readonly tally: Tally
  readonly violated: (what: string) => void
}

/** How long followers have for what has happened, when nothing happens any more. */
const patience = 15_000

/** Somebody with clients that write, each with a session of its own, and with followers. */
export class Person {
  readonly session: Session
  /** Where the record begins. */
  readonly start: string
  readonly clients: ReadonlyArray<Client>
  readonly workers: ReadonlyArray<Worker>
  readonly followers: ReadonlyArray<Follower>

  private constructor(sessions: ReadonlyArray<Session>, start: string, plan: Plan) {
    const { followersEach, tally, urls, violated } = plan
    const session = sessions[0]!
    this.session = session
    this.start = start
    this.followers = Array.from(
      { length: followersEach },
      (_, index) => new Follower(`${session.user}'s follower ${index}`, urls, session, violated)
    )
    const shared = { tasks: this.followers[0]!.tasks, operations: [] }
    this.clients = sessions.map((one) => new Client(urls, one, tally, violated))
    this.workers = this.clients.map((client, index) => new Worker(client, shared, sessions[index]!.name))
  }

  static async signUp(url: string, name: string, plan: Plan): Promise<Person> {
    const sessions = await signUp(url, name, plan.clientsEach)
    return new Person(sessions, await firstCursor(url, sessions[0]!), plan)
  }

  /** Waits until each follower that has begun has all that lists have; answers what one has otherwise after a while. */
  async settled(url: string): Promise<ReadonlyArray<string>> {
    const followers = this.followers.filter(({ items, resumed }) => items.length > 0 || resumed > 0)
    for (const end = performance.now() + patience;;) {
      const lists = await listsOf(url, this.session)
      const wrong = followers.flatMap(({ name, tasks }) => differences(tasks, lists).map((what) => `${name} ${what}`))
      if (wrong.length === 0 || performance.now() > end) return wrong
      await setTimeout(100)
    }
  }
}
