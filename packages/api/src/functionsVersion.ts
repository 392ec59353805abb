/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 52

/** Of their texts (a test compares). */
export const hash = "f7693dc3f008aab0ffc067a38a3da5e9c45123b6f7d8b0597b3a079074ba6ccd"
