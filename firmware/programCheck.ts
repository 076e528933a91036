import * as ds from "@devicescript/core"
import { circuit } from "./boards/manifest.generated"
import type { Channel } from "./core/channel"
import type { ProgramStore } from "./core/ports"
import { HEADER_BYTES, KEY_NONE, readHeader } from "./core/program"
import { readStep } from "./core/step"

/** In place of a key: the memory does not answer. */
export const KEY_UNREADABLE = -1
/** In place of a step: what is refused stands before the steps. */
export const NO_INDEX = 255

/**
 * Reads a channel's program and checks all of it before it starts. A checksum takes milliseconds and a program
 * has 65, so the control loop goes on in between.
 */
export class ProgramCheck {
  /** The channel whose program is being checked; -1 while none is. */
  channel = -1
  /** Where the program was refused: a step, or `NO_INDEX`. */
  refusedStep = NO_INDEX
  /** Which key of it. */
  refusedKey = KEY_NONE
  private readonly part = Buffer.alloc(HEADER_BYTES)

  constructor(private readonly store: ProgramStore) {}

  /** @returns the key that is refused; when it is `KEY_NONE`, the channel holds the program's header */
  async run(channel: Channel): Promise<number> {
    this.channel = channel.index
    this.refusedKey = await this.find(channel)
    this.channel = -1
    return this.refusedKey
  }

  private async find(channel: Channel): Promise<number> {
    const header = channel.program
    this.refusedStep = NO_INDEX
    if (!this.store.readHeader(channel.index, this.part)) return KEY_UNREADABLE
    let key = readHeader(this.part, header, circuit)
    for (let i = 0; key === KEY_NONE && i < header.stepCount; ++i) {
      await ds.sleep(1)
      this.refusedStep = i
      if (!this.store.readStep(channel.index, i, this.part)) return KEY_UNREADABLE
      // The channel is idle: its engine's step is free.
      key = readStep(this.part, i, channel.engine.step, header)
    }
    return key
  }
}
