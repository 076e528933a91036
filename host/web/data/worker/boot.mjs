// Starts a TypeScript module in a worker or a child process: its URL is the first argument.
import { register } from "tsx/esm/api"

// Whoever has this installed may have a tsconfig.json of his own.
register({ tsconfig: false })
await import(process.argv[2])
