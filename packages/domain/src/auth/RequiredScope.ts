import { Context } from "effect"
import type { Scope } from "../users/CurrentUser.ts"

/**
 * The scope that an operation needs, as an annotation of its endpoint.
 * `Authorization` refuses a token without it, and refuses any token where an
 * operation names no scope: a new one cannot be left open by mistake.
 */
export class RequiredScope extends Context.Service<RequiredScope, Scope>()("todo/domain/auth/RequiredScope") {}
