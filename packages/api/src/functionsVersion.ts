/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 46

/** Of their texts (a test compares). */
export const hash = "604b88be0bf06bbefc80a31fdee2d50fa00be0e4ae59ebb57266d8a8f04d1fd3"
