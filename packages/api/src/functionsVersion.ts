/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 9

/** Of their texts (a test compares). */
export const hash = "8bb2ff0c6c7c846aeb19633f0c3c53861e5e0a901a6c69973bc8023b39a01f02"
