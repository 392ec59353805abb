import { describe, expect, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"

const service = useService()
const page = readFileSync(join(import.meta.dirname, "../../../../docs/ci.md"), "utf8")
const [github = "", gitlab = ""] = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, block = ""]) => block)

/** Runs a line of a job as it stands there, in the shell of the runner. */
const runLine = (line: string, env: Readonly<Record<string, string>>) => {
  const programs = join(dirname(service.program.binary), "programs")
  mkdirSync(programs, { recursive: true })
  writeFileSync(join(programs, "todo"), `#!/bin/sh\nexec '${process.execPath}' '${service.program.binary}' "$@"\n`)
  chmodSync(join(programs, "todo"), 0o755)
  return new Promise<string>((resolve) => {
    const child = spawn("bash", ["--norc", "-e", "-o", "pipefail", "-c", line], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: `${programs}:${process.env.PATH}`,
        HOME: dirname(service.program.binary),
        CI: "true",
        TODO_API_URL: service.url,
        ...env
      }
    })
    let output = ""
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => output += text)
    child.on("close", (status) => resolve(`${status}\n${output}`))
  })
}

/** The lines of a job that call `todo`. */
const linesOf = (job: string) =>
  [...job.matchAll(/^ +(?:run: |- )((?:if .*; then )?todo .*)$/gm)].map(([, line = ""]) => line)

describe("docs/ci.md", () => {
  it("has a job for GitHub and one for GitLab, with two lines of todo each", () => {
    expect(linesOf(github)).toHaveLength(2)
    expect(linesOf(gitlab)).toHaveLength(2)
    for (const job of [github, gitlab]) {
      expect(job).toContain("npm install --global --no-audit --no-fund \"$TODO_PACKAGE\"")
    }
  })

  it.each([
    ["GitHub", github, { RUN: "github-7", WHERE: "https://github.example/7", BRANCH: "-x $(touch y)" }],
    ["GitLab", gitlab, {
      RUN: "gitlab-7",
      CI_JOB_URL: "https://github.example/7",
      CI_COMMIT_REF_NAME: "-x $(touch y)",
      CI_JOB_STATUS: "failed"
    }]
  ])("has lines of %s that work as they stand there, with a token, and make one task only", async (_, job, env) => {
    const { secret } = await service.account.addToken()
    for (const line of [...linesOf(job), ...linesOf(job)]) {
      expect(await runLine(line, { ...env, TODO_TOKEN: secret })).toMatch(/^0\n/)
    }
    expect(await service.account.tasks()).toMatchObject([{
      title: "The build of -x $(touch y) fails",
      description: "https://github.example/7",
      tags: ["ci"]
    }])
  })

  it("adds no task where the job of GitLab has not failed", async () => {
    const { secret } = await service.account.addToken()
    for (const line of linesOf(gitlab)) {
      expect(await runLine(line, { RUN: "gitlab-8", CI_JOB_STATUS: "success", TODO_TOKEN: secret })).toMatch(/^0\n/)
    }
    expect(await service.account.tasks()).toEqual([])
  })

  it("has variables of text of others nowhere in a command line itself", () => {
    for (const line of github.split("\n").filter((line) => line.includes("run: "))) expect(line).not.toContain("${{")
  })

  it("makes a token by a line that works", async () => {
    const [, line = ""] = /^```sh\n(.*)\n```$/m.exec(page) ?? []
    expect(await service.succeed(line.replace(/^todo /, ""))).toMatch(/^\S{20,}\n$/)
  })
})
