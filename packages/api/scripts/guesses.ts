/*
 * How many of 10,000 guesses at one password get as far as the password, from
 * one address, from many, and with addresses that are made up; and whether the
 * owner of the account can sign in after them.
 *
 *   node packages/api/scripts/guesses.ts [guesses, 10000] [first of two ports, 4891]
 */
import { randomBytes } from "node:crypto"
import { Agent, request } from "node:http"
import { deploy, type Service } from "./Deployment.ts"

const guesses = Number(process.argv[2] ?? 10_000)
const port = Number(process.argv[3] ?? 4891)

/** Where a request comes from: an address of this machine's, and what its header says. */
interface Client {
  readonly agent: Agent
  readonly forwardedFor: () => string
}

const newAddress = () => `2001:db8:${randomBytes(4).toString("hex").replace(/^(.{4})/, "$1:")}::1`

const clientAt = (localAddress: string, forwardedFor: () => string): Client => ({
  agent: new Agent({ keepAlive: true, maxSockets: 16, localAddress }),
  forwardedFor
})

const post = ({ agent, forwardedFor }: Client, { url }: Service, path: string, body: unknown): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "origin": url, "x-forwarded-for": forwardedFor() }
    request(url + path, { method: "POST", agent, headers }, (answer) => {
      answer.resume().on("end", () => resolve(answer.statusCode!))
    }).on("error", reject).end(JSON.stringify(body))
  })

const password = "correct horse battery"

/** Makes an account, has its password guessed at, and signs in as its owner. */
const attack = async (service: Service, owner: Client, guesser: Client) => {
  const email = `guessed-${crypto.randomUUID()}@example.com`
  const signedUp = await post(owner, service, "/api/auth/sign-up/email", { name: "Pat", email, password })
  if (signedUp !== 200) throw new Error(`Signing up was answered with ${signedUp}`)
  const statuses = new Map<number, number>()
  let left = guesses
  const startedAt = performance.now()
  const guess = async () => {
    while (left-- > 0) {
      const status = await post(guesser, service, "/api/auth/sign-in/email", { email, password: `guess ${left}` })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: 16 }, guess))
  const seconds = (performance.now() - startedAt) / 1000
  const ownerStatus = await post(owner, service, "/api/auth/sign-in/email", { email, password })
  for (const { agent } of [owner, guesser]) agent.destroy()
  const through = statuses.get(401) ?? 0
  const limited = statuses.get(429) ?? 0
  return [through, limited, guesses - through - limited, seconds.toFixed(0), ownerStatus]
}

await deploy(async ({ start }) => {
  const proxied = await start(port, { RATE_LIMITS: "on", TRUSTED_PROXIES: "127.0.0.1" })
  const direct = await start(port + 1, { RATE_LIMITS: "on" })
  const always = (address: string) => () => address
  const write = (cells: ReadonlyArray<string | number>) =>
    console.log([String(cells[0]).padEnd(48), ...cells.slice(1).map((cell) => String(cell).padStart(14))].join(" "))
  write([`${guesses} guesses`, "tried (401)", "limited (429)", "other", "seconds", "owner's answer"])
  write([
    "from one address",
    ...await attack(
      proxied,
      clientAt("127.0.0.1", always(newAddress())),
      clientAt("127.0.0.1", always(newAddress()))
    )
  ])
  write([
    "from as many addresses",
    ...await attack(proxied, clientAt("127.0.0.1", always(newAddress())), clientAt("127.0.0.1", newAddress))
  ])
  write([
    "from one address, X-Forwarded-For made up",
    ...await attack(direct, clientAt("127.0.0.2", always("")), clientAt("127.0.0.3", newAddress))
  ])
})
