import { Api } from "@todo/domain/Api"
import { chosenIdsOf } from "@todo/domain/quick/ChosenIds"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { asking, inZone } from "../dates/Asker.ts"
import { operationId } from "../entity/EntityResponse.ts"
import { jsonResponse } from "../http/JsonResponse.ts"
import { idempotent } from "../http/RequestKey.ts"
import { tasks } from "../tasks/table.ts"
import { Quick } from "./Quick.ts"

/** Serves the contract's `quick`. */
export const QuickHandlers = HttpApiBuilder.group(
  Api,
  "quick",
  Effect.fn(function*(handlers) {
    const quick = yield* Quick
    return handlers.handleAll({
      quick: inZone(idempotent(Effect.fnUntraced(function*({ headers, payload }) {
        const { parsed, rows, written } = yield* quick.add(payload, chosenIdsOf(headers["task-ids"]))
        const who = yield* asking
        const made = rows.map((row) => tasks.json(row, who)).join(",")
        return jsonResponse(201, `{"tasks":[${made}],"parsed":${JSON.stringify(parsed)}}`, operationId(written) ?? {})
      }))),
      parse: inZone(({ payload }) =>
        Effect.map(quick.read(payload.text), (read) => jsonResponse(200, JSON.stringify(read), {}))
      )
    })
  })
)
