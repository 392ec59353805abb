/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 16

/** Of their texts (a test compares). */
export const hash = "73ef466ccd89861f4826e5b5613441a4d24c6ebe4c4f4dcb70b5ef30b8e14dae"
