/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 7

/** Of their texts (a test compares). */
export const hash = "1a448ce8cefae53ac00d3150b4253c58556783f085941627588c12779cdc107f"
