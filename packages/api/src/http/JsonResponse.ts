import { HttpServerResponse } from "effect/http"

/*
 * What is answered most, written without the schema's encoder, which checks again what the types and the table have
 * vouched for (docs/adr/0026).
 */
/** Answers a text that is JSON. */
export const jsonResponse = (status: number, body: string, headers: Readonly<Record<string, string>>) =>
  HttpServerResponse.text(body, { status, headers, contentType: "application/json" })
