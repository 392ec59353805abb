#!/usr/bin/env node
import module from "node:module"
import { homedir } from "node:os"
import { isAbsolute, join } from "node:path"

// Compiled code is kept between runs: it halves the time to start. Where there
// is no place for it, or Node is too old, everything works all the same.
try {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME = "" } = process.env
  const caches = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), ".cache")
  module.enableCompileCache?.(NODE_COMPILE_CACHE ?? join(caches, "todo"))
} catch {
  // No home directory.
}

// Nobody is shown a stack trace, and Effect notes where each of its functions is made, which takes
// time (docs/adr/0008-cli-bundle.md).
if (process.env.TODO_DEBUG !== "1") Error.stackTraceLimit = 0

try {
  await import("../dist/main.js")
} catch (error) {
  if (error?.code !== "ERR_MODULE_NOT_FOUND") throw error
  console.error("error: todo is not built. Run `npm run bundle` in packages/cli.")
  process.exitCode = 1
}
