// `npm run bench`: every question in this folder, one table each.
import { register } from "tsx/esm/api"

register()
// jacdac-ts tells every step of its connections there.
console.debug = () => {}
await import("./simulation.ts")
await import("./papers.ts")
await import("./boardTime.ts")
await import("./heap.ts")
await import("./analysis.ts")
await import("./export.ts")
await import("./webTrace.ts")
await import("./download.ts")
await import("./soak.ts")
await import("./webLive.ts")
await import("./webPage.ts")
await import("./lakeScale.ts")
await import("./fleet.ts")
