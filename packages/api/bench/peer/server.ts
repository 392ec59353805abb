import jwt from "@fastify/jwt"
import Fastify, { LogController } from "fastify"
import { Pool } from "pg"
import { tasks } from "./tasks.ts"

// The peer of the benchmark: the tasks of this service as an expert would write
// them for Fastify, without row-level security and without a look at the session.
const settings = JSON.parse(process.env["PEER"]!) as {
  readonly port: number
  readonly database: string
  readonly connections: number
  readonly publicKey: string
  readonly issuer: string
  readonly audience: string
}

const app = Fastify({ logger: true, logController: new LogController({ disableRequestLogging: true }) })

// One line a request, as the service has, instead of Fastify's two.
app.addHook("onResponse", async (request, reply) => {
  request.log.info({ method: request.method, url: request.url, status: reply.statusCode, millis: reply.elapsedTime })
})

await app.register(jwt, {
  // It signs nothing.
  secret: { public: settings.publicKey, private: "" },
  verify: {
    algorithms: ["EdDSA"],
    allowedIss: settings.issuer,
    allowedAud: settings.audience,
    // As many as the service remembers.
    cache: 20_000
  }
})
app.addHook("onRequest", async (request) => {
  await request.jwtVerify()
})

const pool = new Pool({ connectionString: settings.database, max: settings.connections })
await app.register(tasks(pool), { prefix: "/api/v1" })
await app.listen({ host: "127.0.0.1", port: settings.port })

process.once("SIGTERM", async () => {
  await app.close()
  await pool.end()
})
