import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { Gone, IdTaken } from "../entity/EntityProblems.ts"
import { maxMoveBytes } from "../entity/Moves.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { tagged } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { readPreconditions, writePreconditions } from "../http/Preconditions.ts"
import { Cycle, NameTaken, ReferenceNotFound } from "../http/ReferenceProblems.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { NewProject, Project, ProjectId, ProjectPatch } from "./Project.ts"
import { MovedProjects, ProjectMove } from "./ProjectMove.ts"
import { ProjectPage, ProjectQuery, ProjectRemoval } from "./ProjectPage.ts"
import { ProjectArchived, ProjectChanged, ProjectNotEmpty, ProjectNotFound } from "./ProjectProblems.ts"

const params = { id: ProjectId }

/** The longest description fits, as JSON may escape it. */
const maxProjectBytes = 256 * 1024

const location = Schema.String.annotate({
  description: "The path of the project.",
  examples: ["/api/v1/projects/0198c0de-7a5c-7000-8000-0000000000b1"]
})

/** The operations on the user's own projects. Another user's project does not exist here. */
export class ProjectsApi extends HttpApiGroup.make("projects")
  .add(
    HttpApiEndpoint.post(
      "create",
      "/projects",
      write({
        payload: NewProject,
        success: [
          HttpApiSchema.WithHeaders(Project.pipe(HttpApiSchema.status(201)), {
            location,
            etag: EntityTag,
            ...operationId
          }),
          HttpApiSchema.WithHeaders(Project, { location, etag: EntityTag })
        ],
        error: [LimitReached, IdTaken, NameTaken, ProjectArchived, ReferenceNotFound, Cycle, Gone]
      })
    ).annotateMerge(operation({
      id: "createProject",
      scope: "tasks:write",
      bodyLimit: maxProjectBytes,
      summary: "Add a project",
      description:
        "Makes a project, at the top or below another, 8 levels deep at the most. With an `id` of the client's own, the same request again answers the project as it is now.",
      responses: {
        200: "The project that an earlier request with this `id` made.",
        201: "The new project.",
        409:
          "Another project below the same one is called so, or `parentId` is archived, or there are as many as there may be, or the `id` is another's, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("list", "/projects", {
      query: ProjectQuery,
      ...tagged(ProjectPage)
    }).annotateMerge(operation({
      id: "listProjects",
      scope: "tasks:read",
      summary: "List projects",
      description:
        "A page of the user's projects, each list of those below one in its order. For the next page, send `nextCursor` as `cursor`.",
      responses: { 200: "A page of projects.", 304: "The list is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.get("get", "/projects/:id", {
      params,
      headers: readPreconditions,
      success: [
        HttpApiSchema.WithHeaders(Project, { etag: EntityTag }),
        HttpApiSchema.Empty(304).annotate({ description: "The project is still as `If-None-Match` says." })
      ],
      error: [ProjectNotFound, ProjectChanged]
    }).annotateMerge(operation({
      id: "getProject",
      scope: "tasks:read",
      summary: "Get a project",
      description: "One project, with how many tasks it has.",
      responses: { 200: "The project.", 304: "The project is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.patch(
      "update",
      "/projects/:id",
      write({
        params,
        headers: writePreconditions,
        payload: [
          ProjectPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          ProjectPatch
        ],
        success: HttpApiSchema.WithHeaders(Project, { etag: EntityTag, ...operationId }),
        error: [
          ProjectNotFound,
          ProjectChanged,
          LimitReached,
          NameTaken,
          ProjectArchived,
          ReferenceNotFound,
          Cycle,
          Gone
        ]
      })
    ).annotateMerge(operation({
      id: "updateProject",
      scope: "tasks:write",
      bodyLimit: maxProjectBytes,
      summary: "Change a project",
      description:
        "Applies a merge-patch (RFC 7396). `archived: true` puts it away with all that is below it, whose own `archived` stays as it is.",
      responses: {
        200: "The project as it is now.",
        409:
          "Another project below the same one is called so, or it would go below an archived one, or 9 levels deep, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.post(
      "move",
      "/projects/move",
      write({
        payload: ProjectMove,
        success: HttpApiSchema.WithHeaders(MovedProjects, operationId),
        error: [ReferenceNotFound, Cycle, NameTaken, ProjectArchived, LimitReached]
      })
    ).annotateMerge(operation({
      id: "moveProjects",
      scope: "tasks:write",
      bodyLimit: maxMoveBytes,
      summary: "Move projects",
      description:
        "Puts projects right before or after another, or at an end of what is below a project, in the order of `ids`, as one operation. What is below them comes along. Others keep their versions.",
      responses: {
        200: "Where the projects stand now.",
        409:
          "Another project there is called so, or one would go below an archived one, or 9 levels deep, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.delete(
      "remove",
      "/projects/:id",
      write({
        params,
        query: ProjectRemoval,
        headers: writePreconditions,
        success: HttpApiSchema.WithHeaders(HttpApiSchema.NoContent, operationId),
        error: [
          ProjectNotFound,
          ProjectChanged,
          ProjectNotEmpty,
          ProjectArchived,
          LimitReached,
          NameTaken,
          ReferenceNotFound,
          Cycle
        ]
      })
    ).annotateMerge(operation({
      id: "deleteProject",
      scope: "tasks:write",
      summary: "Delete a project",
      description:
        "Deletes a project, as one operation with what `contents` says of its tasks and the projects below it. There is no trash of projects: undo brings it back.",
      responses: {
        204: "The project is gone.",
        409:
          "It is not empty and nothing says what becomes of that, or `to` cannot take it, or more than 10,000 things would change, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Projects", description: "What the signed-in user's tasks belong to." }))
{}
