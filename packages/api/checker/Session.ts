/** A session of somebody's. */
export interface Session {
  readonly user: string
  readonly name: string
  readonly jwt: string
}

const send = async (url: string, path: string, body: object) => {
  const answer = await fetch(`${url}/api/auth${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "origin": url },
    body: JSON.stringify(body)
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json() as { readonly token: string }).token
}

/** Signs somebody up who has that many sessions. */
export const signUp = async (url: string, name: string, sessions: number): Promise<ReadonlyArray<Session>> => {
  const account = { email: `checker-${crypto.randomUUID()}@example.com`, password: "correct horse battery" }
  const all: Array<Session> = []
  for (let index = 0; index < sessions; index++) {
    const token = index === 0
      ? await send(url, "/sign-up/email", { name, ...account })
      : await send(url, "/sign-in/email", account)
    const exchanged = await fetch(`${url}/api/auth/token`, {
      headers: { authorization: `Bearer ${token}`, origin: url }
    })
    const { token: jwt } = await exchanged.json() as { readonly token: string }
    all.push({ user: name, name: `${name}'s client ${index}`, jwt })
  }
  return all
}
