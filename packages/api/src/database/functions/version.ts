/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 7

/** Of their texts (a test compares). */
export const hash = "f24d380aeab33d5252d710d963de1e67c70fd2430c9d41cca418c0139a126f3f"
