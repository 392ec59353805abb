import { assert, it } from "@effect/vitest"
import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { limitConnections } from "../../src/http/ConnectionLimit.ts"

const serving = async (max: number) => {
  const answers: Array<ServerResponse> = []
  let refused = 0
  const server = createServer((request, response) => {
    if (request.url === "/now") response.end("ok")
    else answers.push(response)
  })
  limitConnections(server, max, () => refused++)
  await once(server.listen(0, "127.0.0.1"), "listening")
  const ask = (path: string) => {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1").on("error", () => {})
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    return socket
  }
  return { ask, refused: () => refused, stop: () => server.close().closeAllConnections() }
}

const closed = (socket: Socket) =>
  new Promise<unknown>((resolve) => socket.closed ? resolve(undefined) : socket.once("close", resolve))

it("connections that ask for nothing make room for new ones", async () => {
  const { ask, refused, stop } = await serving(10)
  const idle = Array.from({ length: 8 }, () => ask("/now"))
  await Promise.all(idle.map((socket) => once(socket, "data")))
  for (let i = 0; i < 8; i++) {
    const socket = ask("/now")
    await once(socket, "data")
    socket.destroy()
  }
  await Promise.all(idle.map((socket) => closed(socket)))
  assert.strictEqual(refused(), 0)
  stop()
})

it("connections beyond the limit are refused while all others are at work", async () => {
  const { ask, refused, stop } = await serving(10)
  const sockets = Array.from({ length: 14 }, () => ask("/later"))
  await Promise.all(sockets.slice(10).map((socket) => closed(socket)))
  assert.strictEqual(refused(), 4)
  assert.isFalse(sockets.slice(0, 10).some((socket) => socket.destroyed))
  stop()
})
