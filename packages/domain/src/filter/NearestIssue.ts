import { SchemaIssue } from "effect"

const expected =
  "Expected a term, such as {\"is\": \"today\"} or {\"field\": \"due\", \"op\": \"<\", \"value\": \"friday\"}, or one of and, or, not"

/**
 * What is wrong with a value that is none of many: said of the one whose members it has. Each of the others would say
 * that it has other members.
 */
export const nearestIssue = (issue: SchemaIssue.Issue): SchemaIssue.Issue =>
  issue._tag === "AnyOf"
    ? issue.issues.find(isOfValue) ?? new SchemaIssue.InvalidValue({ message: expected })
    : issue

/** Whether it is a value that is wrong, and neither a member nor its field. */
const isOfValue = (issue: SchemaIssue.Issue): boolean => {
  if (issue._tag === "Composite" || issue._tag === "AnyOf") return issue.issues.every(isOfValue)
  if (issue._tag !== "Pointer") return false
  return issue.issue._tag !== "UnexpectedKey" && issue.issue._tag !== "MissingKey" && issue.path[0] !== "field"
}
