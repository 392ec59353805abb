/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 5

/** Of their texts (a test compares). */
export const hash = "aa3d68ca0abf2e73270c5fc6c8389ee39de40499f8d2c8597ec01ee54c4a7de3"
