#!/usr/bin/env node
// Starts the command line tool from its TypeScript sources.
import { register } from "tsx/esm/api"

register()
await import("./cli.ts")
