import type { Page } from "playwright-core"

/** Signs in on a page of the service that asks for it, as a person does. */
export const signIn = async (
  page: Page,
  { email, password }: { readonly email: string; readonly password: string }
): Promise<void> => {
  await page.getByLabel("Email address").fill(email)
  await page.getByLabel("Password").fill(password)
  await page.getByRole("button", { name: "Sign in" }).click()
}
