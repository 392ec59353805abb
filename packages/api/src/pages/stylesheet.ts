/** The colours on paper. */
export const light = `--ground: #f4f3ef; --card: #fff; --line: #dcd9d1; --field: #85817a; --tint: #f4f3ef;
  --ink: #1d1c1a; --soft: #5c5953; --accent: #17613f; --on-accent: #fff; --accent-over: #0f4a2f;
  --alert: #9b1c1c; --alert-tint: #fdf0ee; --note: #6b4a00; --note-tint: #fdf5e0;`

/** The colours at night. */
export const dark = `--ground: #141413; --card: #1e1d1c; --line: #3a3835; --field: #8d8983; --tint: #282725;
  --ink: #f1efea; --soft: #b5b1a9; --accent: #7fd3a8; --on-accent: #0b2417; --accent-over: #a4e2c3;
  --alert: #ffb4a8; --alert-tint: #3a1d1a; --note: #f0cf82; --note-tint: #332a14;`

/** The one stylesheet of the pages: system fonts, light and dark, from 320 pixels on. */
export const stylesheet = `
:root {
  color-scheme: light dark;
  ${light}
}
@media (prefers-color-scheme: dark) { :root {
  ${dark}
} }
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, sans-serif; background: var(--ground); color: var(--ink); }
body { margin: 0 auto; padding: 1.5rem 1rem 2.5rem; max-width: 29rem; overflow-wrap: anywhere; }
body.wide { max-width: 44rem; }
header { margin: 0 .25rem 1rem; font-weight: 650; }
header a { display: inline-flex; align-items: center; gap: .5rem; color: inherit; text-decoration: none; }
footer { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem .25rem 0; font-size: .875rem; }
footer a { color: var(--soft); }
header svg { width: 1.5rem; height: 1.5rem; color: var(--accent); }
main { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.5rem 1.25rem; }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 1.75rem 0 .5rem; font-size: 1.0625rem; line-height: 1.3; }
p, ul { margin: 0 0 1rem; }
ul { padding-left: 1.25rem; }
li { margin: 0 0 .375rem; }
ul.plain { padding: 0; list-style: none; }
ul.plain li { margin: 0 0 .75rem; }
pre { margin: 0 0 1rem; padding: .875rem 1rem; border-radius: .75rem; background: var(--tint); white-space: pre-wrap; }
p:last-child, ul:last-child { margin-bottom: 0; }
.soft { color: var(--soft); }
a { color: var(--accent); }
code { font: .9375em ui-monospace, "Liberation Mono", Menlo, monospace; white-space: nowrap; }
pre code, code.long { white-space: inherit; }
.alert, .note { padding: .75rem .875rem; border-radius: .5rem; border-left: .25rem solid; }
.alert:focus { outline: 0; }
.alert { color: var(--alert); background: var(--alert-tint); }
.note { color: var(--note); background: var(--note-tint); }
.code { margin: 1.25rem 0; padding: 1rem .5rem; border-radius: .75rem; background: var(--tint); text-align: center; }
.code strong { font-size: 2rem; }
.code strong, input.large { font-weight: 600; line-height: 1.2; font-family: ui-monospace, "Liberation Mono", Menlo, monospace; letter-spacing: .06em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .375rem 1rem; margin: 0 0 1.25rem; }
dt { color: var(--soft); }
dd { margin: 0; }
label { display: block; margin: 0 0 .25rem; font-weight: 550; }
input {
  display: block; width: 100%; min-height: 2.75rem; margin: 0 0 1rem; padding: .5rem .75rem; font: inherit;
  color: inherit; background: var(--card); border: 1px solid var(--field); border-radius: .5rem;
}
input.large { font-size: 1.5rem; text-transform: uppercase; }
button {
  min-height: 2.75rem; padding: .5rem 1.25rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--ink); background: transparent; border: 1px solid var(--field); border-radius: .5rem;
}
button:hover { background: var(--tint); }
button.main { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
button.main:hover { background: var(--accent-over); border-color: var(--accent-over); }
button.plain {
  padding: .5rem 0; color: var(--accent); background: none; border: 0;
  font-weight: 400; text-decoration: underline; text-underline-offset: .15em;
}
button.wide { width: 100%; }
form + p { margin-top: 1.25rem; }
.choice { display: grid; gap: .75rem; }
.who {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1rem;
  margin: 1.25rem 0 -.5rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft);
}
.who strong { color: var(--ink); font-weight: 550; }
.sign {
  display: grid; place-items: center; width: 3rem; height: 3rem; margin: 0 0 1rem; border-radius: 50%;
  color: var(--accent); background: var(--tint);
}
.sign svg { width: 1.5rem; height: 1.5rem; }
.sign.bad { color: var(--alert); background: var(--alert-tint); }
:focus-visible { outline: .1875rem solid var(--accent); outline-offset: .125rem; }
@media (min-width: 30rem) {
  body { display: flex; flex-direction: column; justify-content: center; min-height: 100vh; padding-top: 2.5rem; }
  main { padding: 2rem; }
  .choice { grid-template-columns: 1fr 1fr; }
  .code strong { font-size: 2.5rem; }
}
@media (forced-colors: active) { main, button { border: 1px solid; } }
`
