import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { entityFunctions } from "../database/functions/entity.sql.ts"
import { recordedFunction } from "../database/functions/Write.sql.ts"
import { placeFunctions } from "../database/order/place.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { move } from "./move.sql.ts"
import { Projects } from "./Projects.ts"
import { ProjectsHandlers } from "./ProjectsHandlers.ts"
import { removeProject } from "./remove.sql.ts"
import { projectFunctions } from "./rules.sql.ts"
import { projects as noun } from "./table.ts"

/** What tasks belong to. */
export const projects = {
  noun,
  functions: () => [
    ...projectFunctions,
    ...placeFunctions(noun, noun.order!),
    ...entityFunctions(noun),
    ...[removeProject, move].map((write) => recordedFunction(write(noun)))
  ],
  handlers: knowing(Projects, RequestContract, Authorization)(ProjectsHandlers).pipe(Layer.provide(Projects.layer))
} satisfies Feature
