/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 19

/** Of their texts (a test compares). */
export const hash = "be3e7cead9edc411f468062329d34db776e067a74fc50b55636b2beae2bc8e7d"
