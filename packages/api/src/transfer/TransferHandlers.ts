import { Api } from "@todo/domain/Api"
import { documentFormat, documentVersion, nounsOfDocument } from "@todo/domain/transfer/Document"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Clock, Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { instantText } from "../database/InstantText.ts"
import { operationId } from "../entity/EntityResponse.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { idempotent } from "../http/RequestKey.ts"
import { Exports, type Part } from "./Exports.ts"
import { Imports } from "./Imports.ts"

const documentText = ({ next, things }: Part, now: number) => {
  const nouns = nounsOfDocument.map((noun) => `"${noun}":[${things[noun].join(",")}]`)
  return `{"format":"${documentFormat}","version":${documentVersion},"exportedAt":"${instantText(now)}",${
    nouns.join(",")
  },"nextCursor":${JSON.stringify(next)}}`
}

/** Serves the contract's `transfer`. */
export const TransferHandlers = HttpApiBuilder.group(
  Api,
  "transfer",
  Effect.fn(function*(handlers) {
    const exports = yield* Exports
    const imports = yield* Imports
    return handlers.handleAll({
      export: Effect.fnUntraced(function*({ query }) {
        const { id } = yield* CurrentUser
        const part = yield* exports.part(id, query.cursor)
        return jsonResponse(200, documentText(part, yield* Clock.currentTimeMillis), {})
      }),
      import: idempotent(({ payload, query }) =>
        Effect.map(
          imports.run(payload, query),
          (written) => jsonResponse(200, JSON.stringify(written.plan), { ...operationId(written) })
        )
      )
    })
  })
)
