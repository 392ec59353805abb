/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 12

/** Of their texts (a test compares). */
export const hash = "8f421326a1cbb6d35fcccf7740be6e1f5334ec7cab021dcc799d920ac0a9a558"
