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
  export const loadServiceSpecifications: Jacdac["loadServiceSpecifications"]
  export const jdpack: Jacdac["jdpack"]
  export const jdunpack: Jacdac["jdunpack"]
  export const REPORT_RECEIVE: Jacdac["REPORT_RECEIVE"]
}
