import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import { newEmail, password } from "../support/Account.ts"
import { buildCli, type Cli } from "../support/Cli.ts"
import { codeTo } from "../support/Mail.ts"
import { startService } from "../support/ServiceProcess.ts"

let service: Awaited<ReturnType<typeof startService>>
let cli: Cli
let email: string
beforeAll(async () => {
  service = await startService({ EMAIL_VERIFICATION: "required" })
  cli = await buildCli(service.url)
})
afterAll(async () => {
  cli.remove()
  await service.stop()
})
beforeEach(() => {
  email = newEmail()
  rmSync(cli.configDirectory, { recursive: true, force: true })
})

const todo = (line: string, stdin = password) => cli.run(line.split(" "), { stdin })
const signUp = (options = "") => todo(`signup${options} --name Ada --email ${email} --password-stdin`)

describe("where addresses are confirmed first", () => {
  it("signup keeps nothing, and says what comes next", async () => {
    expect(await signUp()).toEqual({
      stdout: `A mail is on its way to ${email}\n`,
      stderr: "Use its link, or its code with `todo account verify-email`. Then sign in with `todo login`.\n",
      exitCode: 0
    })
    expect(existsSync(join(cli.configDirectory, "credentials.json"))).toBe(false)
  })

  it("signup says so in JSON, too", async () => {
    expect(JSON.parse((await signUp(" --json")).stdout)).toEqual({
      user: { id: expect.any(String), name: "Ada", email },
      signedIn: false
    })
  })

  it("login is refused before, exit code 4, and not afterwards", async () => {
    await signUp()
    const login = `login --email ${email} --password-stdin`
    const { exitCode, stderr } = await todo(login)
    expect(stderr).toMatch(
      /^error: The address or the password is wrong, or the address is not confirmed yet\n.*`todo account verify-email`/
    )
    expect(exitCode).toBe(4)
    await todo("account verify-email --code-stdin", await codeTo(service.mail, email, "Confirm your address"))
    expect(await todo(login)).toMatchObject({ exitCode: 0, stderr: "" })
  })

  it("the service where a mail waits is the one that is used", async () => {
    await signUp()
    const { stderr } = await cli.run(["whoami"], { env: { TODO_API_URL: "" } })
    expect(stderr).toMatch(`error: You are not signed in at ${service.url}\n`)
  })
})
