try { const m = await import("openapi-typescript"); console.log(Object.keys(m)); 
const doc = JSON.parse((await import("node:fs")).readFileSync("/tmp/w/before.json","utf8"))
console.log(m.astToString(await m.default(doc)).length) } catch (e) { console.log(e) }
