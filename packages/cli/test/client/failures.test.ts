import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { spawn, spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer, type RequestListener, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { buildCli, type Cli } from "../support/Cli.ts"

const jwt = `e30.${Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url")}.x`
const env = { TODO_TOKEN: jwt }

let cli: Cli
let server: Server
let url: string
let answer: RequestListener
const paths: Array<string | undefined> = []

beforeAll(async () => {
  server = createServer((request, response) => {
    paths.push(request.url)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  cli = await buildCli(url)
})
afterAll(() => {
  cli.remove()
  server.closeAllConnections()
  server.close()
})

/** The service, or what is in its place, answers so. */
const answers = (status: number, contentType: string, body: string, headers: Record<string, string> = {}) => {
  answer = (_request, response) => response.writeHead(status, { "content-type": contentType, ...headers }).end(body)
}

const problem = (status: number, code: string, more: object = {}) =>
  JSON.stringify({
    type: `https://todo.example.com/problems/${code}`,
    title: "T",
    status,
    code,
    detail: "What happened",
    ...more
  })

const task = { id: "0198c0de-7a5c-7000-8000-0000000000a1", version: 1 }

describe("exit codes by the answer of the service", () => {
  it.each([
    [400, "invalid_request", { errors: [{ path: ["payload", "title"], message: "Too long" }] }, 2],
    [401, "token_invalid", {}, 4],
    [403, "forbidden", {}, 4],
    [404, "task_not_found", {}, 3],
    [409, "conflict", {}, 5],
    [412, "task_changed", { current: task }, 5],
    [413, "body_too_large", {}, 2],
    [410, "cursor_expired", {}, 5],
    [415, "unsupported_media_type", {}, 2],
    [422, "unprocessable", {}, 2],
    [422, "idempotency_key_reused", {}, 5],
    [428, "precondition_required", {}, 5],
    [429, "rate_limited", {}, 6],
    [500, "internal_error", {}, 1],
    [503, "service_unavailable", {}, 7]
  ])("%i %s", async (status, code, more, exitCode) => {
    answers(status, "application/problem+json", problem(status, code, more))
    const outcome = await cli.run(["whoami", "--json"], { env })
    const message = "errors" in more
      ? "What happened; title: Too long"
      : status === 412
      ? "The task was changed meanwhile"
      : "What happened"
    expect(outcome).toEqual({
      stdout: "",
      stderr: `${JSON.stringify({ error: { code, message, status } })}\n`,
      exitCode
    })
  })

  it.each([
    ["tasks:write", "Make one that has it: `todo token create --name <name> --scope tasks:write`."],
    ["account", "Tokens for scripts are for tasks only: unset TODO_TOKEN and sign in with `todo login`."]
  ])("says which scope a token lacks: %s", async (scope, hint) => {
    answers(403, "application/problem+json", problem(403, "insufficient_scope", { scope }))
    expect(await cli.run(["list"], { env })).toEqual({
      stdout: "",
      stderr: `error: This token does not allow that: it lacks ${scope}\n${hint}\n`,
      exitCode: 4
    })
  })

  it.each([
    [400, "INVALID_PASSWORD", 4, "`todo account reset-password --email <address>`"],
    [400, "PASSWORD_TOO_SHORT", 2, "8 to 128 characters"],
    [400, "PASSWORD_TOO_LONG", 2, "8 to 128 characters"],
    [400, "INVALID_TOKEN", 4, "Ask for another"],
    [401, "INVALID_EMAIL_OR_PASSWORD", 4, "`todo account verify-email`"],
    [421, "misdirected_request", 1, "TODO_API_URL"],
    [400, "access_denied", 4, "said no"],
    [400, "expired_token", 4, "`todo login`"]
  ])("%i %s says what to do", async (status, code, exitCode, hint) => {
    answers(status, "application/problem+json", problem(status, code, { message: "What happened" }))
    const { stderr, ...outcome } = await cli.run(["whoami"], { env })
    expect(outcome).toEqual({ stdout: "", exitCode })
    expect(stderr).toMatch(/^error: What happened\n/)
    expect(stderr).toContain(hint)
  })

  it.each([[404, "not_found"], [405, "method_not_allowed"]])(
    "%i %s is an address that is wrong, and no task that is not there: exit code 1",
    async (status, code) => {
      answers(status, "application/problem+json", problem(status, code))
      expect(await cli.run(["show", "1", "--api-url", `${url}/api/v1`], { env })).toEqual({
        stdout: "",
        stderr: `error: What happened\nCheck the address in --api-url or TODO_API_URL: ${url}/api/v1\n`,
        exitCode: 1
      })
    }
  )

  it.each([
    ["whoami", 401, "token_invalid", jwt, "What happened"],
    ["whoami", 401, "INVALID_TOKEN", "todo_abc", "What happened"],
    ["whoami", 401, "UNAUTHORIZED", "abc", "TODO_TOKEN is not valid, or has ended"],
    ["account change-name Ada", 401, "UNAUTHORIZED", "abc", "TODO_TOKEN is not valid, or has ended"]
  ])("todo %s: %i %s is of TODO_TOKEN where that is set", async (line, status, code, TODO_TOKEN, message) => {
    answers(status, "application/problem+json", problem(status, code))
    expect(await cli.run(line.split(" "), { env: { TODO_TOKEN } })).toEqual({
      stdout: "",
      stderr: `error: ${message}\nCheck TODO_TOKEN, or unset it and sign in with \`todo login\`.\n`,
      exitCode: 4
    })
  })

  it("signing in is not with TODO_TOKEN", async () => {
    answers(401, "application/problem+json", problem(401, "INVALID_EMAIL_OR_PASSWORD"))
    const { stderr } = await cli.run(["login", "--email", "a@b.cd", "--password-stdin"], { env, stdin: "x" })
    expect(stderr).toContain("If it is forgotten")
  })

  it("says of an origin that is refused what that is on a terminal", async () => {
    answers(403, "application/problem+json", problem(403, "origin_not_allowed"))
    expect(await cli.run(["whoami"], { env })).toEqual({
      stdout: "",
      stderr: `error: The service refuses ${url}: it is neither its PUBLIC_URL nor one of its CORS_ORIGINS\n` +
        `Set TODO_API_URL to the address that the service calls its own: its PUBLIC_URL; or add ${url} to CORS_ORIGINS there.\n`,
      exitCode: 4
    })
  })

  it("says in its own words what Better Auth has a word for", async () => {
    answers(422, "application/problem+json", problem(422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"))
    const signup = ["signup", "--name", "Ada", "--email", "a@b.cd", "--password-stdin"]
    expect(await cli.run(signup, { stdin: "correct horse" })).toEqual({
      stdout: "",
      stderr: "error: There is an account with this address already\nSign in with `todo login`.\n",
      exitCode: 5
    })
  })

  it("says nothing of where in a body a service of an earlier release found it", async () => {
    const message = "[body.email] Invalid email address"
    answers(400, "application/problem+json", problem(400, "VALIDATION_ERROR", { detail: message, message }))
    expect(await cli.run(["whoami"], { env })).toEqual({
      stdout: "",
      stderr: "error: Invalid email address\n",
      exitCode: 2
    })
  })

  it("says when to try again after too many requests", async () => {
    answers(429, "application/problem+json", problem(429, "rate_limited"), { "retry-after": "17" })
    expect(await cli.run(["list"], { env })).toEqual({
      stdout: "",
      stderr: "error: What happened\nTry again in 17 seconds.\n",
      exitCode: 6
    })
    answers(429, "text/plain", "slow down")
    expect((await cli.run(["list", "--json"], { env })).stderr).toBe(
      "{\"error\":{\"code\":\"rate_limited\",\"message\":\"Too many requests\",\"status\":429}}\n"
    )
  })
})

describe("answers that are not of the service", () => {
  const html = "<!doctype html><title>Nice</title>"

  it.each([200, 404, 500])("a page with status %i: exit code 1 and the address", async (status) => {
    answers(status, "text/html", html)
    const { exitCode, stderr, stdout } = await cli.run(["list"], { env })
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" })
    expect(stderr).toMatch(`error: The answer of ${url} is not one of a todo service`)
    expect(stderr.split("\n")).toHaveLength(3)
  })

  it("JSON of another shape: exit code 1, and not a word of schemas", async () => {
    answers(200, "application/json", "{\"items\":[{\"id\":1}]}")
    const { exitCode, stderr } = await cli.run(["list", "--json"], { env })
    expect(JSON.parse(stderr).error).toEqual({
      code: "unexpected_answer",
      message: `The answer of ${url} is not one of a todo service`,
      status: null
    })
    expect(exitCode).toBe(1)
  })

  it.each([502, 503, 504])("a proxy's page with status %i: exit code 7", async (status) => {
    answers(status, "text/html", html)
    expect(await cli.run(["list"], { env })).toEqual({
      stdout: "",
      stderr: `error: ${url} answered ${status}: the service is not available\nTry again in a moment.\n`,
      exitCode: 7
    })
  })

  it("a redirect is not followed, but told: exit code 1", async () => {
    answers(301, "text/html", html, { location: "https://todo.example/" })
    expect(await cli.run(["list"], { env })).toMatchObject({
      stderr: expect.stringContaining("redirects to https://todo.example/"),
      exitCode: 1
    })
  })
})

describe("no answer: exit code 7", () => {
  it("because nothing listens", async () => {
    expect(await cli.run(["list", "--api-url", "http://127.0.0.1:9"], { env })).toEqual({
      stdout: "",
      stderr: "error: Cannot reach http://127.0.0.1:9: the connection was refused\n" +
        "Is it running? `npm start` in the service's repository starts it; TODO_API_URL names another address.\n",
      exitCode: 7
    })
  })

  it("because it takes too long", async () => {
    answer = () => {}
    expect(await cli.run(["list", "--json"], { env: { ...env, TODO_TIMEOUT: "0.2" } })).toEqual({
      stdout: "",
      stderr: `{"error":{"code":"timeout","message":"${url} did not answer within 0.2 s","status":null}}\n`,
      exitCode: 7
    })
  })

  it("because the connection is cut", async () => {
    answer = (request) => request.socket.destroy()
    expect(await cli.run(["list"], { env })).toMatchObject({ exitCode: 7 })
  })
})

describe("the command line itself", () => {
  it.each(["--version", "-V", "version"])("prints the version: todo %s", async (line) => {
    const { exitCode, stderr, stdout } = await cli.run([line])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(JSON.parse((await cli.run(["version", "--json"])).stdout)).toEqual({ version: stdout.trim() })
  })

  it("takes the value of an option as it is, and answers errors in JSON wherever --json stands", async () => {
    answers(503, "text/html", "")
    expect((await cli.run(["add", "x", "-d", "--version", "--json"], { env })).stderr).toMatch(/^\{"error":\{/)
    expect(await cli.run(["add", "x", "-d", "--", "--jsn", "--json"])).toEqual({
      stdout: "",
      stderr: "{\"error\":{\"code\":\"usage\",\"message\":\"unknown option '--jsn'\",\"status\":null}}\n",
      exitCode: 2
    })
  })

  it.each([
    "",
    "signup",
    "login",
    "logout",
    "whoami",
    "account",
    "account show",
    "account change-name",
    "account change-password",
    "account change-email",
    "account verify-email",
    "account reset-password",
    "account delete",
    "sessions",
    "sessions list",
    "sessions end",
    "sessions end-others",
    "token",
    "token create",
    "token list",
    "token revoke",
    "add",
    "list",
    "show",
    "done",
    "reopen",
    "edit",
    "rm"
  ])(
    "helps with examples: todo %s --help",
    async (command) => {
      const { exitCode, stderr, stdout } = await cli.run(`${command} --help`.trim().split(" "))
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
      expect(stdout).toContain(`Usage: todo ${command}`.trim())
      expect(stdout).toContain("Examples:\n  $ ")
      expect(stdout).toContain("--api-url")
      const help = await cli.run(["help", ...command.split(" ").filter((word) => word !== "")])
      expect(help).toEqual({ exitCode: 0, stderr: "", stdout })
    }
  )

  it("helps with a line for each command, tasks first", async () => {
    const { stdout } = await cli.run(["--help"])
    const lines = stdout.trimEnd().split("\n")
    expect(lines.length).toBeLessThanOrEqual(82)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const headings = lines.filter((line) => /^\S.*:$/.test(line))
    expect(lines.filter((line) => line.startsWith("  version "))).toHaveLength(1)
    expect(headings).toEqual([
      "Examples:",
      "Tasks:",
      "Your day:",
      "Projects, tags and views:",
      "Account:",
      "Scripts and help:",
      "Options:"
    ])
    expect(lines.slice(lines.indexOf("Tasks:") + 1).slice(0, 2)).toEqual([
      "  add                Add a task; - adds one for each line of stdin",
      "  list, ls           List tasks: what is open, or what a filter says"
    ])
    expect((await cli.run(["help", "ls"])).stdout).toContain("Usage: todo list|ls")
    expect((await cli.run(["sessions", "help", "end"])).stdout).toContain("Usage: todo sessions end")
  })

  it.each([
    ["filters", "in:Home"],
    ["environment", "TODO_API_URL"],
    ["signs", "◌   open, and waits"],
    ["exit-codes", "\n    7  service unreachable"]
  ])("todo help %s", async (topic, words) => {
    const { exitCode, stderr, stdout } = await cli.run(["help", topic])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    expect(stdout).toContain(words)
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([])
    expect((await cli.run(["help"])).stdout).toContain(topic)
  })

  it("todo help environment names every variable of README.md, and CI", async () => {
    const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8")
    const table = readme.slice(readme.indexOf("| variable "))
    const variables = [...table.matchAll(/`([A-Z][A-Z_]+)(?:=1)?`/g)].flatMap(([, name = ""]) => name)
    expect(variables.length).toBeGreaterThan(12)
    const { stdout } = await cli.run(["help", "environment"])
    expect([...variables, "CI"].filter((name) => !new RegExp(`\\b${name}\\b`).test(stdout))).toEqual([])
  })

  it("help of what is no command: exit code 2, as JSON where that is asked for", async () => {
    expect(await cli.run(["help", "nonsense"])).toEqual({
      stdout: "",
      stderr: "error: unknown command 'nonsense'\n`todo help` lists what there is.\n",
      exitCode: 2
    })
    expect(await cli.run(["help", "sessions", "ed", "--json"])).toEqual({
      stdout: "",
      stderr: "{\"error\":{\"code\":\"usage\",\"message\":\"unknown command 'ed'\",\"status\":null}}\n",
      exitCode: 2
    })
  })

  it("suggests what may have been meant: exit code 2", async () => {
    expect(await cli.run(["lst"])).toEqual({
      stdout: "",
      stderr: "error: unknown command 'lst'\n(Did you mean one of list, ls?)\n",
      exitCode: 2
    })
    expect(await cli.run(["list", "--jsn", "--json"])).toEqual({
      stdout: "",
      stderr: "{\"error\":{\"code\":\"usage\",\"message\":\"unknown option '--jsn'\",\"status\":null}}\n",
      exitCode: 2
    })
  })

  it("without a command says where help is: exit code 2", async () => {
    expect(await cli.run([])).toEqual({
      stdout: "",
      stderr: "error: No command given\n" +
        "`todo add <title>` adds a task, `todo list` shows what is open, `todo done <number>` marks it done.\n" +
        "`todo help` lists every command.\n",
      exitCode: 2
    })
    expect((await cli.run(["--json"])).stderr).toBe(
      "{\"error\":{\"code\":\"usage\",\"message\":\"No command given\",\"status\":null}}\n"
    )
  })

  it("refuses an address that is none: exit code 2", async () => {
    expect(await cli.run(["list", "--json", "--api-url", "nonsense"])).toEqual({
      stdout: "",
      stderr: "{\"error\":{\"code\":\"usage\",\"message\":" +
        "\"--api-url is not an http or https URL: \\\"nonsense\\\"\",\"status\":null}}\n",
      exitCode: 2
    })
  })

  it("takes an address with a path and slashes at its end", async () => {
    answers(200, "application/json", "{\"items\":[],\"nextCursor\":null}")
    paths.length = 0
    expect((await cli.run(["list", "--json", "--api-url", `${url}/base//`], { env })).stdout).toBe("[]\n")
    expect(paths).toEqual(["/base/api/v1/tasks?completed=false&limit=200"])
  })

  it("ends quietly when the reader of its output goes away", async () => {
    const items = Array.from({ length: 200 }, (_, index) => ({
      id: task.id,
      number: index + 1,
      title: "x".repeat(500),
      description: "x".repeat(5000),
      completed: false,
      completedAt: null,
      createdAt: "2026-01-02T03:04:05.000Z",
      updatedAt: "2026-01-02T03:04:05.000Z",
      version: 1
    }))
    answers(200, "application/json", JSON.stringify({ items, nextCursor: null }))
    const child = spawn(process.execPath, [cli.binary, "list", "--json"], {
      env: { ...env, PATH: process.env.PATH, TODO_API_URL: url }
    })
    child.stdout.once("data", () => child.stdout.destroy())
    let stderr = ""
    child.stderr.on("data", (text: Buffer) => stderr += text.toString())
    const exitCode = await new Promise((resolve) => child.on("close", resolve))
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  })

  it("says so when it is not built: exit code 1", async () => {
    const directory = mkdtempSync(join(tmpdir(), "todo-unbuilt-"))
    mkdirSync(join(directory, "bin"))
    cpSync(cli.binary, join(directory, "bin/todo.mjs"))
    const { status, stderr } = spawnSync(process.execPath, [join(directory, "bin/todo.mjs")], { encoding: "utf8" })
    rmSync(directory, { recursive: true })
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "error: todo is not built. Run `npm run bundle` in packages/cli.\n"
    })
  })

  it("says in a line what nobody thought of: exit code 1", async () => {
    // A directory in the place of the file cannot be read.
    const TODO_CONFIG_DIR = mkdtempSync(join(tmpdir(), "todo-odd-"))
    mkdirSync(join(TODO_CONFIG_DIR, "credentials.json"))
    const { exitCode, stderr } = await cli.run(["list"], { env: { TODO_CONFIG_DIR } })
    rmSync(TODO_CONFIG_DIR, { recursive: true })
    expect(stderr.split("\n")).toEqual([
      expect.stringMatching(/^error: .*credentials\.json is a directory, and has to be a file$/),
      "Remove it, or set TODO_CONFIG_DIR to another directory.",
      ""
    ])
    expect(exitCode).toBe(1)
  })

  it("shows the inside of a failure only to those who ask", async () => {
    answers(200, "text/html", "<p>")
    expect((await cli.run(["list"], { env })).stderr).not.toContain("    at ")
    expect((await cli.run(["list"], { env: { ...env, TODO_DEBUG: "1" } })).stderr).toContain("    at ")
  })
})
