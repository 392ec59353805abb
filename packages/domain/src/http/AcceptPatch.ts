/** The media types of a patch, as `Accept-Patch` has them (RFC 5789, 3.1). */
export const acceptPatch = "application/merge-patch+json, application/json"
