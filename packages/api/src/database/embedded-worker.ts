import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import { existsSync, renameSync, rmSync } from "node:fs"
import { parentPort, workerData } from "node:worker_threads"

/** What the worker is started with. */
export interface EmbeddedWorkerData {
  /** The folder of the database; made at the first start. */
  readonly directory: string
  /** The socket to listen on. */
  readonly socket: string
}

const { directory, socket } = workerData as EmbeddedWorkerData
const port = parentPort!

// Initialised aside and renamed, so that a start that is cut short leaves
// nothing behind that looks like a database.
if (!existsSync(directory)) {
  const draft = `${directory}.new`
  rmSync(draft, { recursive: true, force: true })
  await (await PGlite.create({ dataDir: draft })).close()
  renameSync(draft, directory)
}

const db = await PGlite.create({ dataDir: directory })
const server = new PGLiteSocketServer({ db, path: socket })
await server.start()

port.once("message", () => {
  void server.stop().then(() => db.close()).then(() => port.postMessage("closed"))
})
port.postMessage("ready")
