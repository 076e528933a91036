/**
 * jacdac-ts ships its types where its package exports do not reach them. These are the parts that we
 * use.
 */
declare module "jacdac-ts" {
  type Jacdac = typeof import("../../node_modules/jacdac-ts/dist/types/src/jacdac")

  export const JDBus: Jacdac["JDBus"]
  export type JDBus = InstanceType<Jacdac["JDBus"]>
  export const Packet: Jacdac["Packet"]
  export type Packet = InstanceType<Jacdac["Packet"]>
  export const Transport: Jacdac["Transport"]
  export type JDService = InstanceType<Jacdac["JDService"]>
  export type Scheduler = import("../../node_modules/jacdac-ts/dist/types/src/jacdac").Scheduler
  export type JDDevice = InstanceType<Jacdac["JDDevice"]>
  export const loadServiceSpecifications: Jacdac["loadServiceSpecifications"]
  export const jdpack: Jacdac["jdpack"]
  export const jdunpack: Jacdac["jdunpack"]
  export const REPORT_RECEIVE: Jacdac["REPORT_RECEIVE"]
  export const PACKET_ANNOUNCE: Jacdac["PACKET_ANNOUNCE"]
  export const crc: Jacdac["crc"]
  export const SRV_USB_BRIDGE: Jacdac["SRV_USB_BRIDGE"]
  export const UsbBridgeCmd: Jacdac["UsbBridgeCmd"]
  export const UsbBridgeQByte: Jacdac["UsbBridgeQByte"]
  export const OutPipe: Jacdac["OutPipe"]
  export const SRV_DEVICE_SCRIPT_MANAGER: Jacdac["SRV_DEVICE_SCRIPT_MANAGER"]
  export const SRV_CONTROL: Jacdac["SRV_CONTROL"]
  export const DeviceScriptManagerCmd: Jacdac["DeviceScriptManagerCmd"]
  export const DeviceScriptManagerReg: Jacdac["DeviceScriptManagerReg"]
  export const ControlReg: Jacdac["ControlReg"]
  export const createNodeWebSerialTransport: Jacdac["createNodeWebSerialTransport"]
}
