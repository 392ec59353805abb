import { execFileSync } from "node:child_process"
import { cpus, loadavg, release, totalmem, type } from "node:os"
import { postgresSettings } from "../stage/PostgresServer.ts"

// At the start of the run: above 0.5 or so, others were using the machine.
const [load] = loadavg()

/** What a figure belongs to: without it no figure means anything. */
export const describeMachine = (): string => {
  const [cpu] = cpus()
  const commit = execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" }).trim()
  return [
    `${cpus().length} x ${cpu?.model ?? "unknown CPU"}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
    `PostgreSQL 18 (${postgresSettings.join(", ")})`,
    `load average before ${load!.toFixed(1)}`,
    `commit ${commit}`,
    new Date().toISOString().slice(0, 10)
  ].join("; ")
}
