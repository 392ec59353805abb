import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import type { ProjectId } from "@todo/domain/projects/Project"
import type { ReadTask } from "@todo/domain/quick/Quick"
import { occurrenceDue } from "@todo/domain/repetition/Occurrence"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { mostLevels } from "@todo/domain/tasks/Task"
import type { Moment } from "@todo/domain/words/Moment"
import type { TaskReading } from "@todo/domain/words/Reading"
import { Result } from "effect"
import { occurrences } from "../repetition/Series.ts"
import { tooDeep } from "../tasks/treeProblems.ts"
import { creationOf, messagesOf } from "./Creations.ts"
import { inWords } from "./Parsed.ts"
import type { ProjectNames } from "./ProjectNames.ts"

/** None is made: any will do. */
const anyId = "00000000-0000-7000-8000-000000000000"

/** How many dates are told of what repeats. */
const fewDates = 5

const datesOf = ({ due, repeat }: TaskReading, { timeZone }: Moment) => {
  if (repeat === null || due === null) return []
  const first = occurrenceDue(due)
  return occurrences(
    {
      rule: Result.getOrThrow(parseRule(repeat.rule, [])),
      from: repeat.from,
      missed: "skip",
      timeZone: "time" in due ? due.timeZone : null,
      first,
      current: first,
      ordinal: 1
    },
    fewDates,
    { timeZone, dayEndsAt: "00:00" as TimeOfDay }
  )
}

/** Why no such task may be made, beside what its project is called: on which level it is, from 1, comes with it. */
const problemsOf = (line: TaskReading, level: number): ReadonlyArray<string> => {
  const creation = creationOf(line, { id: anyId, parentId: undefined, task: {} })
  return [
    ...Result.isFailure(creation) ? messagesOf(creation.failure) : [],
    ...level > mostLevels ? [tooDeep] : []
  ]
}

/** A task as it was read, on a level from 1, for who may make it. */
export const readTask = (line: TaskReading, level: number, names: ProjectNames, moment: Moment): ReadTask => {
  const { description, due, parent, priority, project, repeat, start, tags, title } = line
  const called = project === null ? [] : names.called(project)
  const projectId = called.length === 1 ? called[0]!.id as ProjectId : null
  return {
    parent,
    title,
    description,
    start,
    due,
    repeat: repeat && inWords(repeat, moment.language),
    occurrences: datesOf(line, moment),
    priority,
    project,
    projectId,
    tags,
    problems: problemsOf(line, level)
  }
}
