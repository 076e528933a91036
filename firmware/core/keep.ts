import type { Channel } from "./channel"
import { CHECKPOINT_ms } from "./checkpoint"

/** A checkpoint is due: a quiet period writes it, too. One that was not written is tried again in the next. */
export function keepCheckpoint(
  channel: Channel,
  now_ms: number,
  voltage_V: number,
  current_A: number,
): void {
  channel.voltage_V = voltage_V
  channel.current_A = current_A
  keepOpenCircuit(channel)
  if (!channel.board.checkpoints.save(channel, now_ms)) {
    channel.quietUntil_ms = now_ms
    return
  }
  channel.checkpoint_ms = channel.checkpoint_ms + CHECKPOINT_ms
  if (channel.checkpoint_ms <= now_ms) channel.checkpoint_ms = now_ms + CHECKPOINT_ms
}

/** A reading was found sound: keeps it, and what the cell would read at 0 A. */
export function keepOpenCircuit(channel: Channel): void {
  channel.loaded_V = channel.voltage_V
  channel.openCircuit_V = channel.voltage_V - channel.current_A * channel.resistance_ohm
}
