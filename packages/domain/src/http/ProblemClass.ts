import { type Cause, Effect, ErrorReporter, Schema } from "effect"
import { HttpServerRespondable, HttpServerResponse, ProblemDetails } from "effect/http"
import { HttpApiSchema } from "effect/http-api"
import { problemCode, problemMembers } from "./Problem.ts"
import { type ProblemCode, problemKinds } from "./ProblemKinds.ts"

/** A member that is taken as it comes, and has this value where it is absent or of another type (RFC 9457, 3.1). */
const usually = <A extends string | number>(schema: Schema.Codec<A> & Schema.WithoutConstructorDefault, value: A) =>
  schema.pipe(
    Schema.withConstructorDefault(Effect.succeed(value)),
    Schema.withDecodingDefaultKey(Effect.succeed(value)),
    Schema.catchDecoding(() => Effect.succeedSome(value))
  )

type StatusOf<Code extends ProblemCode> = (typeof problemKinds)[Code]["status"]

const membersOf = <const Code extends ProblemCode>(code: Code) => {
  const status: StatusOf<Code> = problemKinds[code].status
  return {
    // The service writes its address on the way out (api/src/http/ProblemAddress.ts).
    type: usually<string>(Schema.String, ProblemDetails.blankType),
    title: usually<string>(Schema.String, problemKinds[code].title),
    status: usually<StatusOf<Code>>(Schema.Literal(status), status),
    detail: Schema.optionalKey(Schema.String).pipe(Schema.catchDecoding(() => Effect.succeedNone)),
    code: problemCode(code),
    ...problemMembers
  }
}

/** The name of the class of a code: `TaskNotFound` of `task_not_found`. */
type TagOf<Code extends string> = Code extends `${infer Word}_${infer Rest}` ? `${Capitalize<Word>}${TagOf<Rest>}`
  : Capitalize<Code>

const tagOf = <Code extends string>(code: Code) =>
  code.split("_").map((word) => word[0]!.toUpperCase() + word.slice(1)).join("") as TagOf<Code>

type Members<Code extends ProblemCode, Fields> =
  & Omit<ReturnType<typeof membersOf<Code>>, keyof Fields>
  & Fields

/**
 * A kind of problem as an error of the contract, with the status and title of its code (`ProblemKinds.ts`), and its
 * description as the reference has it. Like
 * `HttpApiError.Problem`, but clients tell problems apart by `code`, and take any `type`: it is an address of the
 * service, which the contract does not know.
 */
export const ProblemClass =
  <Self>() =>
  <const Code extends ProblemCode, const Fields extends Schema.Struct.Fields = {}>(
    code: Code,
    description: string,
    fields?: Fields
  ) => {
    const { status, title } = problemKinds[code]
    const tag = tagOf(code)
    const struct = Schema.Struct({ ...membersOf(code), ...fields })
    const encode = Schema.encodeUnknownEffect(struct)
    const Base = Schema.Error<object>(tag)(struct, {
      ...HttpApiSchema.asJson({ contentType: ProblemDetails.contentType })(Schema.Unknown).ast.annotations,
      httpApiStatus: status,
      identifier: tag,
      description
    })
    Object.assign(Base.prototype, {
      _tag: tag,
      [ErrorReporter.ignore]: status < 500,
      [HttpServerRespondable.symbol](this: object) {
        return Effect.map(
          encode(this),
          (body) => HttpServerResponse.jsonUnsafe(body, { status, contentType: ProblemDetails.contentType })
        )
      }
    })
    Object.defineProperty(Base.prototype, "message", {
      get(this: { readonly detail?: string }) {
        return this.detail ?? title
      },
      configurable: true
    })
    return Base as unknown as Schema.Class<
      Self,
      Schema.Struct<Members<Code, Fields>>,
      Cause.YieldableError & HttpServerRespondable.Respondable & { readonly _tag: TagOf<Code> }
    >
  }
