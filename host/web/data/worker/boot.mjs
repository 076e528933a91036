// Starts a TypeScript module in a worker or a child process: its URL is the first argument.
import { register } from "tsx/esm/api"

register()
await import(process.argv[2])
