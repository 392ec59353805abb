import { afterAll, beforeAll, beforeEach } from "@effect/vitest"
import { rmSync } from "node:fs"
import { buildCli, type Cli, type Outcome, type RunOptions } from "./Cli.ts"
import { FakeState } from "./fake/FakeState.ts"
import { type FakeService, startFakeService } from "./FakeService.ts"

export const password = "correct horse battery staple"

/** The built client against a service in memory; every test begins with an empty service and signed out. */
export const useCli = () => {
  let service: FakeService
  let cli: Cli

  beforeAll(async () => {
    service = await startFakeService()
    cli = await buildCli(service.url)
  })
  afterAll(async () => {
    cli.remove()
    await service.close()
  })
  beforeEach(() => {
    Object.assign(service.state, new FakeState())
    rmSync(cli.configDirectory, { recursive: true, force: true })
  })

  const todo = (line: string | ReadonlyArray<string>, options?: RunOptions): Promise<Outcome> =>
    cli.run(typeof line === "string" ? line.split(" ") : line, options)

  return {
    todo,
    get program() {
      return cli
    },
    get binary() {
      return cli.binary
    },
    get url() {
      return service.url
    },
    get state() {
      return service.state
    },
    get configDirectory() {
      return cli.configDirectory
    },
    /** An account that is signed in here. */
    async signIn(email = "ada@example.com") {
      const account = service.state.signUp("Ada", email, password)
      await todo(`login --email ${email} --password-stdin`, { stdin: password })
      service.state.received.length = 0
      return account
    }
  }
}
