/**
 * Whether a column has one of the values that a query finds, which does not look at the row. Never as a join, of which the
 * planner, that takes each user for one who has few of anything, chose one that goes through all that is found for each
 * task: the values are found once, and looked up.
 */
export const among = (column: string, query: string): string => `(${column} IN (${query})) IS TRUE`
