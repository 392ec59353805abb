import type { Socket } from "node:net"
import { runSqlIn } from "./newDatabase.ts"
import { Proxy } from "./Proxy.ts"

/** A statement that was executed, or one within a function. */
export interface Executed {
  /** With white space in a row as one. */
  readonly text: string
  /** The tables that were read or written by it. */
  readonly tables: ReadonlySet<string>
}

interface PlanNode {
  readonly "Relation Name"?: string
  readonly "Actual Loops": number
  readonly Plans?: ReadonlyArray<PlanNode>
}

/** A node that was never executed is one that PostgreSQL has pruned. */
const tablesOf = (node: PlanNode): ReadonlyArray<string> => [
  ...node["Relation Name"] !== undefined && node["Actual Loops"] > 0 ? [node["Relation Name"]] : [],
  ...(node.Plans ?? []).flatMap(tablesOf)
]

/** What each connection to the database says from its beginning on, as messages: a letter, a length, and a body. */
class Messages {
  private rest = Buffer.alloc(0)

  /** The bodies of the messages with this letter that are whole now. */
  take(chunk: Buffer, letter: string): ReadonlyArray<Buffer> {
    this.rest = Buffer.concat([this.rest, chunk])
    const found: Array<Buffer> = []
    while (this.rest.length >= 5 && this.rest.length > this.rest.readUInt32BE(1)) {
      const end = 1 + this.rest.readUInt32BE(1)
      if (this.rest[0] === letter.charCodeAt(0)) found.push(this.rest.subarray(5, end))
      this.rest = this.rest.subarray(end)
    }
    return found
  }
}

/** The plans of all that is executed in a database, as it was executed: `auto_explain` tells them to who asks. */
export class PlanLog {
  /** What has been executed, in the order of its end. */
  executed: Array<Executed> = []
  /** The database, for who is to be watched. */
  readonly url: URL
  private readonly proxy: Proxy

  private constructor(proxy: Proxy, url: URL) {
    this.proxy = proxy
    this.url = new URL(url)
    this.url.port = String(proxy.port)
  }

  /** Watches the database at an administrator's URL. */
  static async start(url: URL): Promise<PlanLog> {
    const settings = {
      session_preload_libraries: "auto_explain",
      "auto_explain.log_min_duration": "0",
      "auto_explain.log_analyze": "on",
      "auto_explain.log_timing": "off",
      "auto_explain.log_nested_statements": "on",
      "auto_explain.log_format": "json",
      "auto_explain.log_level": "notice",
      track_functions: "all"
    }
    await runSqlIn(
      url.href,
      // A setting of a library that is not loaded is nobody's.
      "LOAD 'auto_explain'",
      ...Object.entries(settings).map(([name, value]) =>
        `ALTER DATABASE ${url.pathname.slice(1)} SET ${name} = '${value}'`
      )
    )
    const said = new Map<Socket, Messages>()
    const log = new PlanLog(
      await Proxy.start(Number(url.port), 0, (chunk, connection) => {
        let messages = said.get(connection)
        if (messages === undefined) said.set(connection, messages = new Messages())
        for (const notice of messages.take(chunk, "N")) log.note(notice.toString())
      }),
      url
    )
    return log
  }

  private note(notice: string): void {
    const plan = /\0M[^\0]*?plan:\n([^\0]*)/.exec(notice)?.[1]
    if (plan === undefined) return
    const { Plan, "Query Text": text } = JSON.parse(plan) as { readonly "Query Text": string; readonly Plan: PlanNode }
    this.executed.push({ text: text.replaceAll(/\s+/g, " ").trim(), tables: new Set(tablesOf(Plan)) })
  }

  /** Takes what has been executed since the last time. */
  take(): ReadonlyArray<Executed> {
    return this.executed.splice(0)
  }

  stop(): Promise<void> {
    return this.proxy.stop()
  }
}
