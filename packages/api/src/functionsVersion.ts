/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 13

/** Of their texts (a test compares). */
export const hash = "5f505cd7029c38d00e37985087409b97eb9200a1e783bda03ee414156cd1dd50"
