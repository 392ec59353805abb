import { PGlite } from "@electric-sql/pglite"
import { PGLiteSocketServer } from "@electric-sql/pglite-socket"
import fs, { existsSync, renameSync, rmSync } from "node:fs"
import { parentPort, workerData } from "node:worker_threads"

/** What the worker is started with. */
export interface EmbeddedWorkerData {
  /** The folder of the database; made at the first start. */
  readonly directory: string
  /** The socket to listen on. */
  readonly socket: string
  /** The role that it is to be; a superuser until there is one. */
  readonly role: string | undefined
  /** Counted up when a statement begins, and when it has ended: it is odd meanwhile. */
  readonly progress: Int32Array
}

const { directory, progress, role, socket } = workerData as EmbeddedWorkerData
const port = parentPort!

// PGlite's file system makes a file as the process's umask says, and then gives it mode 0666 by name. In this thread no
// mode has anything for the group or for others.
const { chmodSync, fchmodSync } = fs
fs.chmodSync = (path, mode) => chmodSync(path, Number(mode) & 0o700)
fs.fchmodSync = (file, mode) => fchmodSync(file, Number(mode) & 0o700)

// Initialised aside and renamed, so that a start that is cut short leaves
// nothing behind that looks like a database.
if (!existsSync(directory)) {
  const draft = `${directory}.new`
  rmSync(draft, { recursive: true, force: true })
  await (await PGlite.create({ dataDir: draft })).close()
  renameSync(draft, directory)
}

const db = await PGlite.create({ dataDir: directory })
if (role !== undefined) await db.exec(`SET SESSION AUTHORIZATION "${role.replaceAll("\"", "\"\"")}"`)

const execute = db.execProtocolRawStream.bind(db)
db.execProtocolRawStream = async (...message) => {
  Atomics.add(progress, 0, 1)
  try {
    return await execute(...message)
  } catch (error) {
    // What PostgreSQL refuses is answered. This is the end of it, such as no more memory, and of this thread.
    setImmediate(() => {
      throw error
    })
    throw error
  } finally {
    Atomics.add(progress, 0, 1)
  }
}

// Where the one before was given up.
rmSync(socket, { force: true })
const server = new PGLiteSocketServer({ db, path: socket })
await server.start()

port.once("message", () => {
  void server.stop().then(() => db.close()).then(() => port.postMessage("closed"))
})
port.postMessage("ready")
