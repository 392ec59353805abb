import { ChangedProject, mostProjects, NewProject, ProjectPatch } from "@todo/domain/projects/Project"
import { spellingKey } from "@todo/domain/text/Spelling"
import { orderOfProjects } from "../database/order/Order.ts"
import { placing } from "../database/order/placing.sql.ts"
import { positionOf } from "../database/order/Position.ts"
import { table } from "../database/Table.ts"
import { move } from "./move.sql.ts"
import { removeProject } from "./remove.sql.ts"
import { projectRules } from "./rules.sql.ts"

/** How projects are stored. */
export const projects = table({
  noun: "project",
  name: "projects",
  shapes: { answer: ChangedProject, creation: NewProject, patch: ProjectPatch },
  title: "name",
  isSet: { archived: "archived_at" },
  most: mostProjects,
  stored: { name: (name: string) => ({ name, nameKey: spellingKey(name) }) },
  shown: { position: (_, row) => positionOf(row) },
  hidden: { name_key: "text" },
  order: orderOfProjects,
  batched: (table) => ({ remove: removeProject(table), move: move(table) }),
  rules: [projectRules, placing({ noun: "project", order: orderOfProjects }, { parent_id: "parentId" })]
})
