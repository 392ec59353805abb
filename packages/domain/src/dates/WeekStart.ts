/** The days on which weeks may begin, by their weekdays; 0 is Monday. */
export const weekStarts = { mon: 0, sat: 5, sun: 6 } as const
