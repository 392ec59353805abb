/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 18

/** Of their texts (a test compares). */
export const hash = "c339dcff05877bed08bd990a3cb24338d47e5b6dfcaeb693f12b613df1552b52"
