import { NodeHttpServer } from "@effect/platform-node"
import { Effect, Layer, Schema } from "effect"
import { HttpServer } from "effect/http"
import type { Server } from "node:http"
import { errorLine } from "../errorLine.ts"

/** A server cannot listen where its settings say; the message names the setting. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", {
  message: Schema.String,
  cause: Schema.Defect()
}) {}

/** Where a server listens, and the settings that say so. */
interface Place {
  readonly host: string
  readonly port: number
  readonly settings: { readonly host: string; readonly port: string }
}

/** Effect's server over one of Node's, which listens; fails with `CannotListen` where it may not. */
export const listening = (
  makeServer: () => Server,
  { settings, ...options }: Place & {
    readonly backlog?: number
    readonly gracefulShutdownTimeout: "1 second" | "20 seconds"
  }
) =>
  Layer.merge(
    Layer.effect(
      HttpServer.HttpServer,
      Effect.mapError(
        NodeHttpServer.make(makeServer, options),
        ({ cause }) => new CannotListen({ message: reason({ settings, ...options }, cause), cause })
      )
    ),
    NodeHttpServer.layerHttpServices
  )

const reason = ({ host, port, settings }: Place, cause: unknown) => {
  const said = errorLine(cause)
  switch (cause instanceof Error && "code" in cause ? cause.code : undefined) {
    case "EADDRINUSE":
      return `The port is taken (${said}): stop what uses it, or set ${settings.port}`
    case "EACCES":
      return `The address may not be used (${said}): set ${settings.port} or ${settings.host}`
    case "EADDRNOTAVAIL":
      return `${settings.host}: ${host} is no address of this machine (${said})`
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${settings.host}: this machine knows no ${host} (${said})`
    default:
      return `The service cannot listen on ${host}, port ${port} (${said}): set ${settings.host} or ${settings.port}`
  }
}
