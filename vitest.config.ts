import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Whole boards run through the VM: minutes of virtual time in seconds, more on a slow machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // jacdac-ts tells every step of its connections on the console.
    silent: "passed-only",
  },
})
