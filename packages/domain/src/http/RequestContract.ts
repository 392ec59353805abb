import { HttpApiMiddleware } from "effect/http-api"
import {
  BodyTooLarge,
  InternalError,
  InvalidRequest,
  ServiceUnavailable,
  UnsupportedMediaType
} from "./RequestProblems.ts"

/**
 * Goes inside `Authorization`, so that who may not ask is not told what is
 * wrong with the question. What every operation may answer: 400 for a request that does not follow the
 * contract, 413 for a body over its limit, 415 for one that is neither JSON nor UTF-8 as it comes, 500 and 503 when the service
 * itself fails.
 */
export class RequestContract extends HttpApiMiddleware.Service<RequestContract>()(
  "todo/domain/http/RequestContract",
  { error: [InvalidRequest, BodyTooLarge, UnsupportedMediaType, ServiceUnavailable, InternalError] }
) {}
