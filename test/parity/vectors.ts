import { Vector } from "./vector"
import {
  bits,
  calibration,
  checksums,
  memory,
  rounding,
  scales,
  unknownNumbers,
} from "./vectors/arithmetic"
import { potentiostat, regulator, zeroing } from "./vectors/control"
import { cycles, hardShort, plateau, slope } from "./vectors/judgement"
import { halves, page, points, twin } from "./vectors/log"
import { headers, steps } from "./vectors/program"

/** Everything that must come out the same on a board and in Node, one function each. */
export const vectors: Vector[] = [
  new Vector("checksums", checksums),
  new Vector("numbers in memory", memory),
  new Vector("NaN and infinities in memory", unknownNumbers),
  new Vector("rounding", rounding),
  new Vector("bits", bits),
  new Vector("the circuit's scales", scales),
  new Vector("calibrations", calibration),
  new Vector("the regulator", regulator),
  new Vector("the potentiostat", potentiostat),
  new Vector("zeroing", zeroing),
  new Vector("|dV/dt|", slope),
  new Vector("hard shorts", hardShort),
  new Vector("the plateau", plateau),
  new Vector("cycles", cycles),
  new Vector("program headers", headers),
  new Vector("steps and their cutoffs", steps),
  new Vector("points of the log", points),
  new Vector("points between whole numbers", halves),
  new Vector("a page of the log", page),
  new Vector("memory kept twice", twin),
]
