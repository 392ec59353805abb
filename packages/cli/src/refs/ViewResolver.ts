import type { View } from "@todo/domain/views/View"
import { Effect } from "effect"
import { allViews } from "./AllViews.ts"
import { makeResolver } from "./Resolver.ts"

/** Finds views by what people call them. */
export const viewResolver = Effect.flatMap(
  Effect.cached(allViews()),
  (all) => makeResolver({ word: "view", lister: "todo view list", label: nameOf, nameOf, anySpelling: true, all })
)

const nameOf = ({ name }: View): string => name
