import { describe, expect, it, vi } from "@effect/vitest"
import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { password, useCli } from "../support/Fixture.ts"

const cli = useCli()

const credentialsFile = () => join(cli.configDirectory, "credentials.json")

const instructions = "Open this page, and approve if it shows the same code:\n\n" +
  "  https://todo.example/device?user_code=WDJBMJHT\n\n  WDJB-MJHT\n\n" +
  "Waiting, for 10 minutes at most. Ctrl-C cancels.\n"

/** Does something with the sign-in that has begun. */
const whenBegun = async (act: (device: { answers: Array<string> } & { approvedBy: unknown }) => void) => {
  await vi.waitFor(() => expect(cli.state.devices.size).toBe(1), { timeout: 20_000 })
  for (const device of cli.state.devices.values()) act(device)
}

describe("login --device", () => {
  it("says where to approve, waits, and keeps the session", async () => {
    const account = cli.state.signUp("Ada", "ada@example.com", password)
    const [outcome] = await Promise.all([
      cli.todo("login --device"),
      whenBegun((device) => {
        device.answers.push("authorization_pending")
        device.approvedBy = account
      })
    ])
    expect(outcome).toEqual({
      stdout: `Signed in at ${cli.url} as Ada <ada@example.com>\n`,
      stderr: instructions,
      exitCode: 0
    })
    expect(JSON.parse(readFileSync(credentialsFile(), "utf8"))[cli.url]).toMatchObject({
      sessionToken: [...cli.state.sessions.keys()][0],
      user: { name: "Ada", email: "ada@example.com" }
    })
  })

  it("prints the user as JSON on stdout, of the new session and not of TODO_TOKEN", async () => {
    const account = cli.state.signUp("Ada", "ada@example.com", password)
    const { secret } = cli.state.addToken(cli.state.signUp("Bob", "bob@example.com", password))
    const [outcome] = await Promise.all([
      cli.todo("login --device --json", { env: { TODO_TOKEN: secret } }),
      whenBegun((device) => device.approvedBy = account)
    ])
    expect(outcome).toEqual({
      stdout: `${JSON.stringify({ user: { id: account.id, name: "Ada", email: "ada@example.com" } })}\n`,
      stderr: instructions,
      exitCode: 0
    })
  })

  it.each([
    ["access_denied", "Somebody said no on the page. Start again with `todo login`."],
    ["expired_token", "Start again with `todo login`."]
  ])("ends with %s: exit code 4", async (code, hint) => {
    const [outcome] = await Promise.all([
      cli.todo("login --device"),
      whenBegun((device) => device.answers.push(code))
    ])
    expect(outcome).toEqual({
      stdout: "",
      stderr: `${instructions}error: Refused: ${code}\n${hint}\n`,
      exitCode: 4
    })
    expect(existsSync(credentialsFile())).toBe(false)
  })

  it("ends with Ctrl-C, and keeps nothing: exit code 130", async () => {
    const child = spawn(process.execPath, [cli.binary, "login", "--device"], {
      env: { PATH: process.env.PATH, TODO_API_URL: cli.url, TODO_CONFIG_DIR: cli.configDirectory }
    })
    let stderr = ""
    child.stderr.on("data", (text: Buffer) => {
      stderr += text.toString()
      if (stderr === instructions) setImmediate(() => child.kill("SIGINT"))
    })
    const exitCode = await new Promise((resolve) => child.on("close", resolve))
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: `${instructions}error: Cancelled\n` })
    expect(existsSync(credentialsFile())).toBe(false)
  })

  it.each(["javascript:alert(1)//", "file:///", "nonsense"])(
    "does not name a page of %s: exit code 1",
    async (host) => {
      cli.state.deviceHost = host
      expect(await cli.todo("login --device")).toEqual({
        stdout: "",
        stderr: "error: The service names no page to approve on that is http or https\n" +
          "Check the address in --api-url or TODO_API_URL.\n",
        exitCode: 1
      })
    }
  )

  it("prints nothing that a terminal acts upon", async () => {
    cli.state.deviceHost = "https://todo.example/\u001b[2J\u202e"
    const [{ stderr }] = await Promise.all([
      cli.todo("login --device"),
      whenBegun((device) => device.answers.push("access_denied"))
    ])
    expect(stderr).toContain("\n  https://todo.example/%1B[2J%E2%80%AE/device?user_code=WDJBMJHT\n")
  })
})
