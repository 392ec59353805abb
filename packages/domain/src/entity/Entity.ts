import { Schema } from "effect"
import { instant } from "../http/Instant.ts"

/** What a member is in each of the shapes of a noun; it is not in those that it does not name. */
interface Member {
  readonly answer?: Schema.Top
  /** What the record and the feed have of it: all but what is derived. */
  readonly recorded?: Schema.Top
  readonly creation?: Schema.Top
  readonly patch?: Schema.Top
}

type Members = Readonly<Record<string, Member>>

type Shape<M extends Members, Variant extends keyof Member> = {
  readonly [Name in keyof M as M[Name] extends Readonly<Record<Variant, Schema.Top>> ? Name : never]: M[Name] extends
    Readonly<Record<Variant, infer Member extends Schema.Top>> ? Member : never
}

/** A member that the service gives: it stands in answers alone. */
export const given = <Answer extends Schema.Top>(answer: Answer) => ({ answer, recorded: answer })

/** A member that is made for whoever asks, when they ask: it is not stored, and the record has none. */
export const derived = <Answer extends Schema.Top>(answer: Answer) => ({ answer })

/** A member that a creation has to have and a patch may change. */
export const settable = <Input extends Schema.Top, Answer extends Schema.Top>(input: Input, answer: Answer) => ({
  answer,
  recorded: answer,
  creation: input,
  patch: Schema.optionalKey(input)
})

/** A member that may be null: absent in a creation it is, and null in a patch clears it. */
export const clearable = <Input extends Schema.Top, Answer extends Schema.Top>(input: Input, answer: Answer) => ({
  answer: Schema.NullOr(answer),
  recorded: Schema.NullOr(answer),
  creation: Schema.optionalKey(Schema.NullOr(input)),
  patch: Schema.optionalKey(Schema.NullOr(input))
})

/** A member that refers to another thing, or is null; what it says of that stands beside the reference. */
export const referring = <Reference extends Schema.Top>(reference: Reference, description: string) => {
  const member = Schema.NullOr(reference).annotate({ description })
  return {
    answer: member,
    recorded: member,
    creation: Schema.optionalKey(member),
    patch: Schema.optionalKey(member)
  }
}

/** The same of one that is an object, whose own members a patch changes one by one (RFC 7396). */
export const mergeable = <Input extends Schema.Top, Patch extends Schema.Top, Answer extends Schema.Top>(
  input: Input,
  patch: Patch,
  answer: Answer,
  description: string
) => ({
  answer: Schema.NullOr(answer).annotate({ description }),
  recorded: Schema.NullOr(answer).annotate({ description }),
  creation: Schema.optionalKey(Schema.NullOr(input).annotate({ description })),
  patch: Schema.optionalKey(Schema.NullOr(patch).annotate({ description }))
})

/** A member that is sent in words, and stored and answered as another that they are read as. */
export const spoken = <Input extends Schema.Top>(input: Input) => ({
  creation: Schema.optionalKey(input),
  patch: Schema.optionalKey(input)
})

/** A member that has many values, or none: absent in a creation it has none, and null in a patch takes them away. */
export const several = <Input extends Schema.Top, Answer extends Schema.Top>(input: Input, answer: Answer) => ({
  answer,
  recorded: answer,
  creation: Schema.optionalKey(Schema.NullOr(input)),
  patch: Schema.optionalKey(Schema.NullOr(input))
})

/** A member that a thing begins without, and that a patch changes. */
export const patchable = <Input extends Schema.Top, Answer extends Schema.Top>(input: Input, answer: Answer) => ({
  answer,
  recorded: answer,
  patch: Schema.optionalKey(input)
})

/**
 * The shapes of a noun, from one list of its members: the thing as it is answered, as the record has it, what makes one,
 * and a merge-patch (RFC 7396) of one. Each has an id, which whoever makes it may choose, the times of its creation and of its last
 * change, and a version.
 */
export const entity = <Id extends Schema.Top, const M extends Members>(
  id: { readonly answer: Id; readonly chosen: Schema.Codec<Id["Type"], string> },
  members: M
) => {
  const all = {
    id: { answer: id.answer, recorded: id.answer, creation: Schema.optionalKey(id.chosen) },
    ...members,
    createdAt: given(instant("When it was made.", "2026-10-01T09:30:00.000Z")),
    updatedAt: given(instant("When it last changed.", "2026-10-02T17:45:12.345Z")),
    version: given(Schema.Int.annotate({ description: "1 at first, one more with each change.", examples: [3] }))
  }
  const shape = <Variant extends keyof Member>(variant: Variant) =>
    Schema.Struct(
      Object.fromEntries(
        Object.entries<Member>(all).flatMap(([name, member]) => {
          const schema = member[variant]
          return schema === undefined ? [] : [[name, schema]]
        })
      ) as Shape<typeof all, Variant>
    )
  return {
    answer: shape("answer"),
    recorded: shape("recorded"),
    creation: shape("creation"),
    patch: shape("patch")
  }
}
