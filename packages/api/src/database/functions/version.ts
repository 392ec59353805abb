/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 4

/** Of their texts (a test compares). */
export const hash = "440865bc552c59b57fe419e25f17ffdd08de060d069b7febf64cccd83946e9aa"
