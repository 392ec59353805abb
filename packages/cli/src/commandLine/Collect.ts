/** What an option has that may be given again. */
export const collect = (value: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> => [...before, value]
