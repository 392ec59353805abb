import type { TestProject } from "vitest/node"
import { type Served, startService } from "./ServiceProcess.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** The service of the run. */
    readonly service: Served
  }
}

/** Starts a service once for all files of the client that want it. */
export default async function setup(project: TestProject) {
  const { mail, stop, url } = await startService()
  project.provide("service", { url, mail })
  return stop
}
