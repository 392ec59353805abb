import { Effect } from "effect"
import { createRequire } from "node:module"
import type * as Tls from "node:tls"

// As in NodeFetch.ts.
const require = createRequire(import.meta.url)

const patienceMillis = 2000

/** Whether TLS is spoken at an address. Nothing is sent, and so no certificate has to be trusted. */
export const speaksTls = ({ hostname, port }: URL): Effect.Effect<boolean> =>
  Effect.promise(() =>
    new Promise((resolve) => {
      const { connect }: typeof Tls = require("node:tls")
      const socket = connect({
        host: hostname.replace(/^\[|\]$/g, ""),
        port: Number(port || 80),
        rejectUnauthorized: false
      })
      const end = (answer: boolean) => {
        socket.destroy()
        resolve(answer)
      }
      socket.setTimeout(patienceMillis, () => end(false))
      socket.on("secureConnect", () => end(true)).on("error", () => end(false))
    })
  )
