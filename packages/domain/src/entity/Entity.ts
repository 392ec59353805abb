import { Schema } from "effect"
import { instant } from "../http/Instant.ts"

/** What a member is in each of the shapes of a noun; it is not in those that it does not name. */
interface Member {
  readonly answer: Schema.Top
  readonly creation?: Schema.Top
  readonly patch?: Schema.Top
}

type Members = Readonly<Record<string, Member>>

type Shape<M extends Members, Variant extends keyof Member> = {
  readonly [Name in keyof M as M[Name] extends Readonly<Record<Variant, Schema.Top>> ? Name : never]: M[Name] extends
    Readonly<Record<Variant, infer Member extends Schema.Top>> ? Member : never
}

/** A member that the service gives: it stands in answers alone. */
export const given = <Answer extends Schema.Top>(answer: Answer) => ({ answer })

/** A member that a creation has to have and a patch may change. */
export const settable = <Input extends Schema.Top, Answer extends Schema.Top>(input: Input, answer: Answer) => ({
  answer,
  creation: input,
  patch: Schema.optionalKey(input)
})

/** A member that may be null: absent in a creation it is, and null in a patch clears it. */
export const clearable = <Input extends Schema.Top, Answer extends Schema.Top>(input: Input, answer: Answer) => ({
  answer: Schema.NullOr(answer),
  creation: Schema.optionalKey(Schema.NullOr(input)),
  patch: Schema.optionalKey(Schema.NullOr(input))
})

/** A member that a thing begins without, and that a patch changes. */
export const patchable = <Input extends Schema.Top, Answer extends Schema.Top>(input: Input, answer: Answer) => ({
  answer,
  patch: Schema.optionalKey(input)
})

/**
 * The shapes of a noun, from one list of its members: the thing as it is answered, what makes one, and a merge-patch
 * (RFC 7396) of one. Each has an id, which whoever makes it may choose, the times of its creation and of its last
 * change, and a version.
 */
export const entity = <Id extends Schema.Top, const M extends Members>(
  id: { readonly answer: Id; readonly chosen: Schema.Codec<Id["Type"], string> },
  members: M
) => {
  const all = {
    id: { answer: id.answer, creation: Schema.optionalKey(id.chosen) },
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
  return { answer: shape("answer"), creation: shape("creation"), patch: shape("patch") }
}
