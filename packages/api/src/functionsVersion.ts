/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 9

/** Of their texts (a test compares). */
export const hash = "d1cb8871aed9e6c02892db08162b1f8c4d3ad0d10f00ba37e920239663f7645b"
