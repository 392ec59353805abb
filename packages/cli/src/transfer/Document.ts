import type { ExportDocument, ImportDocument } from "@todo/domain/transfer/Document"

/** The nouns of a document, in the order in which they are imported. */
export const nouns = ["projects", "tags", "views", "tasks", "comments"] as const
export type NounOfDocument = (typeof nouns)[number]

/** What things of these are called, one by one. */
export const singular = { projects: "project", tags: "tag", views: "view", tasks: "task", comments: "comment" } as const

/** What is to be imported, before anybody has looked whether it can be. */
export type RawDocument = { readonly [Noun in NounOfDocument]?: ReadonlyArray<unknown> }

/** What is to be imported. */
export type Things = { readonly [Noun in NounOfDocument]: NonNullable<ImportDocument[Noun]> }

/** What was exported, as JSON has it. */
export type Exported = Pick<typeof ExportDocument.Encoded, NounOfDocument>

/** What was read of a file, and what of it could not be carried over, or only otherwise: a line each, for people. */
export interface ReadFile {
  readonly document: RawDocument
  readonly notes: ReadonlyArray<string>
}
