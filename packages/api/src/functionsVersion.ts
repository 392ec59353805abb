/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 47

/** Of their texts (a test compares). */
export const hash = "426dfeff8d30d6a9f3e557dde512b79598fe88b9d44cd4aaf788dd3847bac38e"
