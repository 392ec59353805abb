import { NodeRuntime, NodeServices } from "@effect/platform-node"
import { Layer } from "effect"
import { AppConfig, Environment } from "./Config.ts"
import * as Database from "./database/Database.ts"
import { HttpLive } from "./Http.ts"
import { DrainOnStop } from "./http/Drain.ts"
import * as Logging from "./Logging.ts"
import { MemoryReturn } from "./MemoryReturn.ts"
import * as Tracing from "./observability/Tracing.ts"
import { expires, FunctionsLive } from "./Service.ts"
import { StartNotes } from "./StartNotes.ts"
import { sweeper } from "./sweeper/Sweeper.ts"
import { AdminServer } from "./system/AdminServer.ts"
import { teardown } from "./Teardown.ts"
import { Welcome } from "./Welcome.ts"

// Whatever is made from here on is this user's alone: also what PGlite makes, in its own thread, with modes of its own.
process.umask(0o077)

Layer.mergeAll(Welcome, sweeper(expires), DrainOnStop, MemoryReturn).pipe(
  Layer.provide(Layer.provideMerge(AdminServer, HttpLive)),
  Layer.provide(Database.layer.pipe(Layer.provide(FunctionsLive))),
  // Before the database: it may be the wrong one.
  Layer.provide(StartNotes),
  Layer.provide(Tracing.layer),
  Layer.provide(Logging.layer),
  Layer.provide(AppConfig.layer),
  Layer.provide(Environment.layer),
  Layer.provide(NodeServices.layer),
  Layer.launch,
  NodeRuntime.runMain({ disableErrorReporting: true, teardown })
)
