/*
 * What sign-ins, which hash passwords, do to everybody else: the time of
 * `GET /api/v1/tasks`, 50 a second, without sign-ins and with eight in flight,
 * in turns, in one run. The time is counted from when a request was due.
 *
 *   node packages/api/scripts/sign-ins-beside-tasks.ts [seconds a phase, 15] [rounds, 4] [port, 4893]
 */
import { deploy, quantile, type Service, signUp } from "./Deployment.ts"

const seconds = Number(process.argv[2] ?? 15)
const rounds = Number(process.argv[3] ?? 4)
const port = Number(process.argv[4] ?? 4893)
const perSecond = 50
const inFlight = 8

type Person = Awaited<ReturnType<typeof signUp>>

const wait = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

/** Asks for the first page at an even pace, whether or not the last answer is here; answers the milliseconds of each. */
const listTasks = async ({ url }: Service, { jwt }: Person, forSeconds: number) => {
  const startedAt = performance.now()
  const answers = Array.from({ length: forSeconds * perSecond }, async (_, index) => {
    const due = startedAt + index * 1000 / perSecond
    await wait(Math.max(0, due - performance.now()))
    const answer = await fetch(`${url}/api/v1/tasks`, { headers: { authorization: `Bearer ${jwt}` } })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`The list was answered with ${answer.status}`)
    return performance.now() - due
  })
  return Promise.all(answers)
}

/** Keeps sign-ins in flight until told to stop; answers how many there were. */
const signIns = ({ url }: Service, { email, password }: Person) => {
  const stopping = new AbortController()
  let done = 0
  const signInAgainAndAgain = async () => {
    while (!stopping.signal.aborted) {
      const answer = await fetch(`${url}/api/auth/sign-in/email`, {
        method: "POST",
        headers: { "content-type": "application/json", "origin": url },
        body: JSON.stringify({ email, password })
      })
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`Signing in was answered with ${answer.status}`)
      done++
    }
  }
  const all = Promise.all(Array.from({ length: inFlight }, signInAgainAndAgain))
  return async () => {
    stopping.abort()
    await all
    return done
  }
}

await deploy(async ({ start }) => {
  const service = await start(port, { RATE_LIMITS: "off", ACCESS_TOKEN_TTL: "1 hour" })
  const [reader, other] = [await signUp(service), await signUp(service)]
  for (let number = 1; number <= 100; number++) {
    await fetch(`${service.url}/api/v1/tasks`, {
      method: "POST",
      headers: { "content-type": "application/json", "authorization": `Bearer ${reader.jwt}` },
      body: JSON.stringify({ title: `Task ${number}` })
    })
  }
  await listTasks(service, reader, 5)
  const alone: Array<number> = []
  const beside: Array<number> = []
  let signedIn = 0
  const write = (name: string, times: ReadonlyArray<number>) =>
    console.log(
      `${name.padEnd(30)} p50 ${quantile(times, 0.5).toFixed(1).padStart(7)} ms   p95 ${
        quantile(times, 0.95).toFixed(1).padStart(7)
      } ms`
    )
  for (let round = 1; round <= rounds; round++) {
    const without = await listTasks(service, reader, seconds)
    const stop = signIns(service, other)
    const withSignIns = await listTasks(service, reader, seconds)
    signedIn += await stop()
    write(`round ${round}, without sign-ins`, without)
    write(`round ${round}, with ${inFlight} in flight`, withSignIns)
    alone.push(...without)
    beside.push(...withSignIns)
  }
  write("all, without sign-ins", alone)
  write(`all, with ${inFlight} in flight`, beside)
  console.log(`${(signedIn / rounds / seconds).toFixed(1)} sign-ins a second`)
  console.log(`ratio of the p95: ${(quantile(beside, 0.95) / quantile(alone, 0.95)).toFixed(2)} (at most 2 is wanted)`)
})
