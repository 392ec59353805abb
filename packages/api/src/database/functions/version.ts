/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 8

/** Of their texts (a test compares). */
export const hash = "3d053511e51f38e119f8ab8cea4adefb2c00821b2918d2ded29b34b309f63dd8"
