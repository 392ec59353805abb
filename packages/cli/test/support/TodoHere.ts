import { CommanderError } from "@commander-js/extra-typings"
import { Readable } from "node:stream"
import { usageError } from "../../src/commandLine/UsageError.ts"
import { execute } from "../../src/execute.ts"
import { makeProgram } from "../../src/program.ts"
import { renderFailure } from "../../src/terminal/FailureText.ts"

/** Where a command runs. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string>>
  readonly stdin?: string
  /** Of the terminal that it runs on; undefined where its output goes elsewhere. */
  readonly columns?: number | undefined
}

/** What came of it. */
export interface Ran {
  readonly stdout: string
  /** What both streams have shown, in the order in which it came. */
  readonly screen: string
  readonly exitCode: number
}

type Write = typeof process.stdout.write

/** Where the clock of this process is. Only an assignment to its own environment makes Node look at that. */
const setZone = (timeZone: string | undefined) => {
  if (timeZone === undefined) delete process.env.TZ
  else process.env.TZ = timeZone
}

/** Puts other things in the place of what a process has, while something is done. */
const instead = async <A>(replaced: ReadonlyArray<readonly [object, string, unknown]>, work: () => Promise<A>) => {
  const before = replaced.map(([of, name]) => [of, name, Object.getOwnPropertyDescriptor(of, name)] as const)
  for (const [of, name, value] of replaced) {
    Object.defineProperty(of, name, { value, configurable: true, writable: true })
  }
  try {
    return await work()
  } finally {
    for (const [of, name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(of, name)
      else Object.defineProperty(of, name, descriptor)
    }
  }
}

/**
 * Runs a command line of `todo` in this process, all of it but `run.ts`: hundreds of processes would take minutes. One at
 * a time, since a process has one environment and one stdout.
 */
export const todoHere = async (
  args: ReadonlyArray<string>,
  { columns, env, stdin = "" }: Surroundings
): Promise<Ran> => {
  let stdout = ""
  let screen = ""
  let exitCode = 0
  const writer = (isResult: boolean): Write => (chunk: string | Uint8Array, ...more: ReadonlyArray<unknown>) => {
    const text = String(chunk)
    screen += text
    if (isResult) stdout += text
    for (const written of more) if (typeof written === "function") written()
    return true
  }
  const program = makeProgram(async (verb, input, options) => {
    exitCode = await execute(verb, input, options)
  })
  const { TZ: before } = process.env
  setZone(env.TZ)
  await instead([
    [process, "env", { ...env }],
    [process, "stdin", Readable.from(stdin === "" ? [] : [Buffer.from(stdin)])],
    [process.stdout, "isTTY", columns !== undefined],
    [process.stdout, "columns", columns],
    [process.stdout, "write", writer(true)],
    [process.stderr, "write", writer(false)]
  ], async () => {
    try {
      await program.parseAsync(args, { from: "user" })
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      const failure = usageError(error)
      if (failure === undefined) return
      process.stderr.write(renderFailure(failure, { json: args.includes("--json") }))
      exitCode = failure.exitCode
    }
  })
  setZone(before)
  return { stdout, screen, exitCode }
}
