/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 5

/** Of their texts (a test compares). */
export const hash = "4d93c60d17e4a9eae19a4749317604162eb27eecb0d978ee811782cb0b2c7a8e"
