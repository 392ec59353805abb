import type { Due } from "../dates/Due.ts"
import { isDayRule } from "../repetition/RuleDays.ts"
import { onlyWords, otherDate, otherRepeat } from "./Alternatives.ts"
import type { Found } from "./Ends.ts"
import type { Moment } from "./Moment.ts"
import { inexpressible } from "./Pattern.ts"
import type { Piece } from "./Pieces.ts"
import { type Alternative, type Span, type TaskReading, textOf, type Unreadable } from "./Reading.ts"
import type { Repetition } from "./Repetition.ts"
import { repeatOf, type Series, seriesFrom } from "./Series.ts"

/** A task that is being read: what is known of it by now. */
export class Draft {
  readonly spans: Array<Span> = []
  readonly alternatives: Array<Alternative> = []
  readonly tags = new Set<string>()
  due: Due | null = null
  start: Due | null = null
  repeat: TaskReading["repeat"] = null
  priority: TaskReading["priority"] = null
  project: string | null = null
  description: string | null = null
  /** What was understood, and cannot be done. */
  failure: Unreadable | undefined = undefined

  private readonly text: string
  private readonly moment: Moment
  private readonly spelling: (tag: string) => string

  constructor(text: string, moment: Moment, spelling: (tag: string) => string) {
    this.text = text
    this.moment = moment
    this.spelling = spelling
  }

  /** Takes what a sign makes of a piece, and says whether it was free: a second project is words. */
  sign(piece: Piece): boolean {
    switch (piece.kind) {
      case "word":
      case "field":
        return false
      case "tag":
        this.tags.add(this.spelling(piece.value))
        break
      case "priority":
        if (this.priority !== null) return false
        this.priority = piece.value
        break
      case "project":
        if (this.project !== null) return false
        this.project = piece.value
        break
      case "description":
        this.description = piece.value.trim() === "" ? null : piece.value
        break
      case "literal":
        break
    }
    this.spans.push(piece)
    return true
  }

  /** Takes a phrase as the due date, the start, or the repetition; says whether there is such a date. */
  when(found: Found, field: "due" | "start"): boolean {
    const { from, parts, phrase: { repetition, when }, to } = found
    const span = { from, to }
    if (repetition !== undefined) return this.repetition(found)
    if (when === undefined) return false
    const others = when.others.map((due) => otherDate(span, due, this.moment))
    if (found.taken === "not") this.alternatives.push(otherDate(span, when.due, this.moment), ...others)
    else {
      this[field] = when.due
      this.spans.push(...parts.map((part): Span => ({ ...part, kind: field, value: when.due })))
      this.alternatives.push(...others)
      if (found.taken === "probably") this.alternatives.push(onlyWords(span, this.moment))
    }
    return true
  }

  private repetition({ from, parts, phrase: { repetition, when }, taken, to }: Found): boolean {
    const span = { from, to }
    const told = when?.due ?? null
    const found = seriesFrom(repetition!, told ?? this.due, this.moment)
    if (found === undefined) return false
    if (found === inexpressible) {
      if (taken !== "not") {
        const message =
          "No rule says this repetition: say another, or put the words in quotes (in the terminal: --literal)"
        this.failure ??= { code: "recurrence_not_expressible", ...span, message }
      }
      return true
    }
    const { dues, others, series } = found
    const words = textOf(this.text, repetition!.words)
    const alternatives = [
      ...others.map((series) => otherRepeat(span, series, words, this.moment)),
      ...[...(when?.others ?? []).map((due) => this.first(repetition!, due)), ...dues].map((due) =>
        otherDate(span, due, this.moment)
      )
    ]
    if (taken === "not") this.alternatives.push(otherRepeat(span, series, words, this.moment), ...alternatives)
    else {
      this.repeat = repeatOf(series, words)
      this.dueOf(series, told)
      const value = this.repeat
      this.spans.push(...parts.map((part): Span => ({ ...part, kind: "repeat", value })))
      this.alternatives.push(...alternatives)
      if (taken === "probably") this.alternatives.push(onlyWords(span, this.moment))
    }
    return true
  }

  /** The date that a told one is of a repetition: by the hour it is told in UTC. */
  private first(repetition: Repetition, due: Due): Due {
    const found = seriesFrom(repetition, due, this.moment)
    return found === undefined || found === inexpressible || isDayRule(found.series.rule) ? due : found.series.due
  }

  /** The date that was told, if one was; by the hour it is that instant, where hours are counted. */
  private dueOf({ due, rule }: Series, told: Due | null): void {
    if (isDayRule(rule)) {
      this.due ??= told ?? due
      return
    }
    this.due = due
    for (const [index, span] of this.spans.entries()) {
      if (span.kind === "due") this.spans[index] = { ...span, value: due }
    }
  }
}
