const time = { type: "string", format: "date-time" } as const

const task = {
  type: "object",
  properties: {
    id: { type: "string" },
    number: { type: "integer" },
    title: { type: "string" },
    description: { type: ["string", "null"] },
    completed: { type: "boolean" },
    completedAt: { anyOf: [time, { type: "null" }] },
    createdAt: time,
    updatedAt: time,
    version: { type: "integer" }
  }
} as const

const title = { type: "string", minLength: 1, maxLength: 500 } as const
const description = { type: ["string", "null"], maxLength: 20_000 } as const

const params = {
  type: "object",
  properties: { id: { type: "string", format: "uuid" } },
  required: ["id"]
} as const

/** What goes in is checked by Ajv, what goes out is written by fast-json-stringify. */
export const schemas = {
  list: {
    querystring: {
      type: "object",
      properties: {
        completed: { type: "boolean" },
        limit: { type: "integer", minimum: 1, maximum: 200, default: 50 },
        cursor: { type: "string", maxLength: 500 }
      },
      additionalProperties: false
    },
    response: {
      200: {
        type: "object",
        properties: { items: { type: "array", items: task }, nextCursor: { type: ["string", "null"] } }
      }
    }
  },
  get: { params, response: { 200: task } },
  create: {
    body: { type: "object", properties: { title, description }, required: ["title"], additionalProperties: false },
    response: { 201: task }
  },
  update: {
    params,
    body: {
      type: "object",
      properties: { title, description, completed: { type: "boolean" } },
      additionalProperties: false
    },
    response: { 200: task }
  },
  remove: { params }
}
