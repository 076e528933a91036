import * as table from "../../firmware/core/program"

/** A channel's program, as the board makes it. */
export const newProgram = () => new table.Program(new Uint8Array(table.MAX_PROGRAM_BYTES))

/** All steps of a loaded program. */
export function stepsOf(program: table.Program): table.Step[] {
  return Array.from({ length: program.stepCount }, (_, i) => {
    const step = new table.Step()
    program.read(i, step)
    return step
  })
}
