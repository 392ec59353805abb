/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 17

/** Of their texts (a test compares). */
export const hash = "cb60d120d7fbb4b5c66cc254542b175c18e8576b47c985d4a5cd43c0cbecd07b"
