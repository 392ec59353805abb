/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 51

/** Of their texts (a test compares). */
export const hash = "21d205286206710a75ee82baf7c3c9a212e89f873a5f7d6d7b214abedf28ae6e"
