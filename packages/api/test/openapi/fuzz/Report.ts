import type { Outcome } from "./Fuzz.ts"

/** What a run has found, for people. */
export const reportOf = ({ faults, requests, seen }: Outcome, seed: number): string =>
  [
    `${requests} requests with the seed ${seed}: ${faults.length} faults`,
    ...Array.from(seen, ([id, statuses]) => `  ${id.padEnd(24)} ${[...statuses].toSorted().join(" ")}`),
    ...faults.map(({ fault, operation, request }) => `${operation}: ${fault}\n    ${request}`)
  ].join("\n")
