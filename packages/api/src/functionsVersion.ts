/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 13

/** Of their texts (a test compares). */
export const hash = "ce63ab12730822a61db1ee58a693a44ef51af99f4cb2b0335aa4cd184443dd16"
