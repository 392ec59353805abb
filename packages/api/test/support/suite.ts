import { layer } from "@effect/vitest"
import { TestService } from "./TestService.ts"

/** A suite that talks to a service of its own over HTTP, in real time, on the database of the project. */
export const suite = layer(TestService.layer, { excludeTestServices: true })
