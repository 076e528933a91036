#!/usr/bin/env node
// Starts the command line tool from its TypeScript sources.
import { register } from "tsx/esm/api"

// Whoever has this installed may have a tsconfig.json of his own.
register({ tsconfig: false })
await import("./cli.ts")
