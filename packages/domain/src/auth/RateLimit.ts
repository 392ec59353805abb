import { Context } from "effect"

/** What operations count as for the limits on how often something may be done. How often that is, the service says. */
export type RateLimitKind =
  | "signIn"
  | "confirmation"
  | "changeEmail"
  | "mailCode"
  | "signUp"
  | "mail"
  | "device"
  | "userCode"
  | "token"
  | "anything"

/**
 * What an operation counts as, as an annotation of its endpoint. The service does not start with an operation below
 * `/api/auth` that has none: a new one cannot be left without limits by mistake.
 */
export class RateLimit extends Context.Service<RateLimit, RateLimitKind>()("todo/domain/auth/RateLimit") {}
