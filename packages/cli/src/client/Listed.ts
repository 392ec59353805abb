/** What a list answers: nobody asks for one only if it has changed. */
export const listed = <Page>(answer: { readonly body: Page } | void): Page => answer!.body
