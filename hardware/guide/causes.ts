/** What a person finds on the bench behind each fault of `firmware/core/states.ts`. */
export const CAUSES: Record<string, string> = {
  OverVoltage:
    "a cell that is full or has lost its lithium; limits meant for another cell; a lead that is loose on the current's side",
  UnderVoltage:
    "a cell that is empty, turned round or shorted; S+ and S− swapped; with a full cell, a relay that does not close",
  OverCurrent: "F+ or F− touching a rail or another cell; a broken output stage, Q1 or Q2",
  StaleReading:
    "a card that sits badly in its slot; a stall of the board's program of half a second and more",
  Saturated:
    "a cell beyond ± 5.1 V, two cells in series; the over-voltage trip, U3, which latches until the test is let go",
  RegulationLost:
    "spring contacts or leads of many ohms; F1 hot after a short; a cell too resistive for this current",
  ChipLost:
    "a card that sits badly; a cold joint at the chip which `doctor` names; SDA or SCL shorted",
  ZeroingFailed: "the card's op amp U1, its set-point resistors R1 to R5, a DAC (U9, U10)",
  LogLost: "U4 or its joints; a flash other than W25Q128JVSIQ",
  OverTemperature:
    "a lid without air; a neighbour that heats; no protocol may ask for more than 60 °C",
  UnderTemperature: "a cold room, or a limit meant for another one",
  OpenCell: "an empty holder, a lead off, a spring that does not touch; F1 tripped",
  HardShort: "lithium grown through; a holder that bridges + and −",
  Implausible: "a contact that comes and goes; leads that are moved while a test runs",
  ProgramLost: "power that failed while a program was sent; FRAM U5",
  SelfTestFailed:
    "a welded relay; dummy R14 or shunt R15 and their joints; a calibration of another card",
  CellChanged:
    "somebody changed the cell while the power was off; a cell that relaxes far, for which resume_max_voltage_change_V is",
  MemoryLost: "U5 or its joints",
}
