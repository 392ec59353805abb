import { Effect } from "effect"
import { allViews } from "../refs/AllViews.ts"
import { namedOrPicked } from "../terminal/Missing.ts"
import { viewParts } from "./ViewOutput.ts"

/** The views that were given, or else the one that a person picks. */
export const namedOrPickedView = (refs: ReadonlyArray<string>, question: string) =>
  namedOrPicked(refs, {
    missing: "argument 'view'",
    question,
    none: "No views. Keep a list by a name with `todo view add`.",
    choices: Effect.map(allViews(), (views) =>
      views.map((view) => ({
        value: view.id,
        label: viewParts(view).filter((part) => part !== "").join("  ")
      })))
  })
