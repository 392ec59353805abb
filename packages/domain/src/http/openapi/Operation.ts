import { Context } from "effect"
import { OpenApi } from "effect/http-api"
import { RateLimit, type RateLimitKind } from "../../auth/RateLimit.ts"
import { RequiredScope } from "../../auth/RequiredScope.ts"
import type { Scope } from "../../users/CurrentUser.ts"
import { BodyLimit, bodyLimitText, BodyValues } from "../BodyLimit.ts"
import { type SharedHeader, sharedHeadersOf } from "./Headers.ts"

/** What the reference says of an operation. */
export interface OperationDocs {
  /** The name that generated clients give it. */
  readonly id: string
  readonly summary: string
  readonly description: string
  /** What each of its answers is, where the schema's own description does not say it. */
  readonly responses: Readonly<Record<number, string>>
  /** The scope that a token needs for it; absent where no JWT is asked for. */
  readonly scope?: Scope
  /** What it counts as for the limits on how often it is asked for. */
  readonly limit?: RateLimitKind
  /** Headers that its answers may have beside those that they type, by status. */
  readonly headers?: Readonly<Record<number, ReadonlyArray<SharedHeader>>>
  /** The longest body that it takes, in bytes, where that is not the usual (BodyLimit.ts). */
  readonly bodyLimit?: number
  /** How many members and elements the body may have, where that is more than its schema says. */
  readonly bodyValues?: number
}

/** Annotates an endpoint with what the document says of it, with the scope that it needs, and with its limits. */
export const operation = (docs: OperationDocs) => {
  const bodyLimit = docs.bodyLimit ?? BodyLimit.defaultValue()
  const sized = Context.add(documented({ ...docs, bodyLimit }), BodyLimit, bodyLimit)
  const bounded = docs.bodyValues === undefined ? sized : Context.add(sized, BodyValues, docs.bodyValues)
  const limited = docs.limit === undefined ? bounded : Context.add(bounded, RateLimit, docs.limit)
  return docs.scope === undefined ? limited : Context.add(limited, RequiredScope, docs.scope)
}

const acceptsNull = ({ anyOf }: { readonly anyOf?: unknown }) =>
  Array.isArray(anyOf) && anyOf.some(({ type }: { readonly type?: unknown }) => type === "null")

const documented = (
  { bodyLimit, description, headers = {}, id, responses, scope, summary }: OperationDocs & {
    readonly bodyLimit: number
  }
) =>
  OpenApi.annotations({
    identifier: id,
    summary,
    description,
    transform: (generated) => {
      const endpoint = generated as OpenApi.OpenAPISpecOperation
      for (const [status, text] of Object.entries(responses)) {
        const response = endpoint.responses[Number(status)]
        if (response === undefined) throw new Error(`${id} does not answer ${status}`)
        response.description = text
      }
      for (const [status, names] of Object.entries(headers)) {
        const response = endpoint.responses[Number(status)]
        if (response === undefined) throw new Error(`${id} does not answer ${status}`)
        response.headers = { ...response.headers, ...(sharedHeadersOf(names) as Record<string, never>) }
      }
      // Where null is a body, so is nothing.
      const { requestBody } = endpoint
      if (requestBody !== undefined && Object.values(requestBody.content).some(({ schema }) => acceptsNull(schema))) {
        Object.assign(requestBody, { required: false })
      }
      const tooLarge = endpoint.responses[413]
      if (tooLarge !== undefined) tooLarge.description = `The body is longer than ${bodyLimitText(bodyLimit)}.`
      if (scope !== undefined) {
        endpoint.security = [{ accessToken: [scope] }, ...(scope === "account" ? [] : [{ scriptToken: [scope] }])]
      }
      return endpoint
    }
  })
