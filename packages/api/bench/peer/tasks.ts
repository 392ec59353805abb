import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify"
import type { Pool } from "pg"
import { schemas } from "./schemas.ts"
import { statements } from "./statements.ts"

interface Row {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly description: string | null
  readonly completed_at: Date | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly version: number
}

const toTask = (row: Row) => ({
  id: row.id,
  number: row.number,
  title: row.title,
  description: row.description,
  completed: row.completed_at !== null,
  completedAt: row.completed_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version
})

const maxNumber = 2_147_483_647

const userOf = (request: FastifyRequest) => (request.user as { readonly sub: string }).sub

const notFound = (reply: FastifyReply) => reply.code(404).send({ message: "You have no task with this id" })

/** The operations on the user's own tasks, with the shapes of `docs/openapi.json`. */
export const tasks = (pool: Pool): FastifyPluginAsync => async (app) => {
  app.get<{ Querystring: { completed?: boolean; limit: number; cursor?: string } }>(
    "/tasks",
    { schema: schemas.list },
    // oxlint-disable-next-line oxc/no-async-endpoint-handlers -- a rule of Express; this is Fastify
    async (request) => {
      const { completed, cursor, limit } = request.query
      const before = cursor === undefined ? maxNumber : Number(Buffer.from(cursor, "base64url").toString())
      const statement = completed === undefined
        ? statements.listAll
        : completed
        ? statements.listDone
        : statements.listOpen
      const { rows } = await pool.query<Row>({ ...statement, values: [userOf(request), before, limit + 1] })
      const items = rows.slice(0, limit).map(toTask)
      const more = rows.length > limit
      return {
        items,
        nextCursor: more ? Buffer.from(String(items[limit - 1]!.number)).toString("base64url") : null
      }
    }
  )

  app.get<{ Params: { id: string } }>("/tasks/:id", { schema: schemas.get }, async (request, reply) => {
    const { rows: [row] } = await pool.query<Row>({
      ...statements.get,
      values: [userOf(request), request.params.id]
    })
    if (row === undefined) return notFound(reply)
    reply.header("etag", `"${row.version}"`)
    return toTask(row)
  })

  app.post<{ Body: { title: string; description?: string | null } }>(
    "/tasks",
    { schema: schemas.create },
    async (request, reply) => {
      const { description = null, title } = request.body
      const { rows: [row] } = await pool.query<Row>({
        ...statements.create,
        values: [userOf(request), title.trim(), description]
      })
      reply.code(201).headers({ location: `/api/v1/tasks/${row!.id}`, etag: `"${row!.version}"` })
      return toTask(row!)
    }
  )

  app.patch<{ Params: { id: string }; Body: { title?: string; description?: string | null; completed?: boolean } }>(
    "/tasks/:id",
    { schema: schemas.update },
    async (request, reply) => {
      const { completed, description, title } = request.body
      const { rows: [row] } = await pool.query<Row>({
        ...statements.update,
        values: [userOf(request), request.params.id, title, description !== undefined, description, completed]
      })
      if (row === undefined) return notFound(reply)
      reply.header("etag", `"${row.version}"`)
      return toTask(row)
    }
  )

  app.delete<{ Params: { id: string } }>("/tasks/:id", { schema: schemas.remove }, async (request, reply) => {
    const { rowCount } = await pool.query({ ...statements.remove, values: [userOf(request), request.params.id] })
    return rowCount === 0 ? notFound(reply) : reply.code(204).send()
  })
}
