/**
 * Land patterns, in millimetres, y up, that tscircuit's generator lacks or draws too short to solder by hand.
 * Pads follow IPC-7351 nominal and the makers' drawings; pin 1 is top left, and a dot stands beside it.
 */
import { Fragment, type ReactNode } from "react"

const SILK_mm = 0.12

interface PadAt {
  pin: number
  /** What the drawing also calls it. */
  name?: string
  x: number
  y: number
  width: number
  height: number
}

function pad({ pin, name, x, y, width, height }: PadAt) {
  return (
    <Fragment key={pin}>
      <smtpad
        shape="rect"
        portHints={name ? [`pin${pin}`, name] : [`pin${pin}`]}
        pcbX={x}
        pcbY={y}
        width={width}
        height={height}
      />
    </Fragment>
  )
}

export function Line({ points }: { points: [number, number][] }) {
  return <silkscreenpath route={points.map(([x, y]) => ({ x, y }))} strokeWidth={SILK_mm} />
}

function Box({
  left,
  right,
  low,
  high,
}: {
  left: number
  right: number
  low: number
  high: number
}) {
  return (
    <Line
      points={[
        [left, low],
        [left, high],
        [right, high],
        [right, low],
        [left, low],
      ]}
    />
  )
}

function Dot({ x, y }: { x: number; y: number }) {
  return <silkscreencircle pcbX={x} pcbY={y} radius={0.15} strokeWidth={0.15} isFilled />
}

/** What the part covers: no other part may stand there. */
function Courtyard({
  width,
  height,
  x = 0,
  y = 0,
}: {
  width: number
  height: number
  x?: number
  y?: number
}) {
  return <courtyardrect pcbX={x} pcbY={y} width={width} height={height} />
}

/** Two rows of pads, numbered down the left and up the right. `span` is between the rows' centres. */
function dualRow(of: {
  left: number[]
  right: number[]
  span: number
  pad: [length: number, width: number]
  body: [width: number, height: number]
  /** Numbers on the right that have pads, counted from the bottom; all where left out. */
  rightPins?: number[]
  children?: ReactNode
}) {
  const x = of.span / 2
  const [length, width] = of.pad
  const pins = of.left.length
  const rightPins = of.rightPins ?? of.right.map((_, i) => pins + 1 + i)
  const [halfWidth, halfHeight] = [of.body[0] / 2, of.body[1] / 2]
  return (
    <footprint>
      {of.left.map((y, i) => pad({ pin: i + 1, x: -x, y, width: length, height: width }))}
      {of.right.map((y, i) => pad({ pin: rightPins[i], x, y, width: length, height: width }))}
      {of.children}
      <Line
        points={[
          [-halfWidth, halfHeight],
          [halfWidth, halfHeight],
        ]}
      />
      <Line
        points={[
          [-halfWidth, -halfHeight],
          [halfWidth, -halfHeight],
        ]}
      />
      <Dot x={-x - length / 2 + 0.2} y={of.left[0] + width / 2 + 0.4} />
      <Courtyard
        width={of.span + length + 0.4}
        height={Math.max(of.body[1], of.left[0] * 2 + width) + 0.4}
      />
    </footprint>
  )
}

/** Heights of a row of pins, from the top down. */
function column(pins: number, pitch: number): number[] {
  return Array.from({ length: pins }, (_, i) => ((pins - 1) / 2 - i) * pitch)
}

function package_(
  pins: number,
  pitch: number,
  span: number,
  pad: [number, number],
  body: [number, number],
) {
  const left = column(pins / 2, pitch)
  return dualRow({ left, right: [...left].reverse(), span, pad, body })
}

export const soic = (pins: number) =>
  package_(pins, 1.27, 4.95, [1.95, 0.6], [3.9, pins * 0.635 + 0.8])
/** 7.5 mm body. */
export const soicWide = (pins: number) =>
  package_(pins, 1.27, 9.3, [2.05, 0.6], [7.5, pins * 0.635 + 0.8])
/** 5.3 mm body: serial flash. */
export const soic208 = () => package_(8, 1.27, 7.175, [1.625, 0.65], [5.3, 5.8])
export const tssop = (pins: number) =>
  package_(pins, 0.65, 5.725, [1.475, 0.4], [4.4, pins * 0.325 + 0.4])
export const msop10 = () => package_(10, 0.5, 4.225, [1.625, 0.3], [3, 3.2])

/** `pins` are the numbers that the drawing gives to the package's 1, 2, 3: tscircuit numbers a FET from its drain. */
export const sot23 = (pins: [number, number, number] = [1, 2, 3]) => (
  <footprint>
    {pins.map((pin, i) => {
      const [x, y] = [
        [-1.05, 0.95],
        [-1.05, -0.95],
        [1.05, 0],
      ][i]
      return pad({ pin, x, y, width: 1.3, height: 0.6 })
    })}
    <Line
      points={[
        [-0.7, 1.6],
        [0.7, 1.6],
        [0.7, 0.6],
      ]}
    />
    <Line
      points={[
        [-0.7, -1.6],
        [0.7, -1.6],
        [0.7, -0.6],
      ]}
    />
    <Dot x={-1.5} y={1.55} />
    <Courtyard width={3.8} height={3.4} />
  </footprint>
)
export const sot23_5 = () =>
  dualRow({
    left: column(3, 0.95),
    right: [-0.95, 0.95],
    span: 2.275,
    pad: [1.325, 0.6],
    body: [1.6, 3.1],
  })
export const sot23_6 = () => package_(6, 0.95, 2.275, [1.325, 0.6], [1.6, 3.1])

/** Base, collector with the tab, emitter: the drawing's 2, 1 and 3. */
export const sot89 = () => (
  <footprint>
    {pad({ pin: 2, x: -1.95, y: 1.5, width: 1.3, height: 0.9 })}
    {pad({ pin: 1, x: -1.2, y: 0, width: 2.8, height: 0.9 })}
    <smtpad shape="rect" portHints={["pin1"]} pcbX={0.9} pcbY={0} width={2.2} height={1.9} />
    {pad({ pin: 3, x: -1.95, y: -1.5, width: 1.3, height: 0.9 })}
    <Line
      points={[
        [-0.9, 2.4],
        [1.6, 2.4],
        [1.6, 1.3],
      ]}
    />
    <Line
      points={[
        [-0.9, -2.4],
        [1.6, -2.4],
        [1.6, -1.3],
      ]}
    />
    <Dot x={-2.9} y={1.5} />
    <Courtyard width={5.4} height={5} x={-0.3} />
  </footprint>
)

/** 2 × 2 mm, six pads and one under the body. */
export const wson6 = () =>
  dualRow({
    left: column(3, 0.65),
    right: [...column(3, 0.65)].reverse(),
    span: 1.85,
    pad: [0.5, 0.4],
    body: [2, 2.3],
    children: pad({ pin: 7, x: 0, y: 0, width: 0.9, height: 1.5 }),
  })

/** Pin 1 is the anode, left; a bar stands at the cathode. */
export const sod123 = () => (
  <footprint>
    {pad({ pin: 1, name: "anode", x: -1.65, y: 0, width: 0.9, height: 1.2 })}
    {pad({ pin: 2, name: "cathode", x: 1.65, y: 0, width: 0.9, height: 1.2 })}
    <Line
      points={[
        [-1.2, 1],
        [2.4, 1],
        [2.4, -1],
        [-1.2, -1],
      ]}
    />
    <Courtyard width={5} height={2.2} />
  </footprint>
)

/** Without polarity. */
export const sod323 = () => (
  <footprint>
    {pad({ pin: 1, name: "anode", x: -1.15, y: 0, width: 0.9, height: 0.6 })}
    {pad({ pin: 2, name: "cathode", x: 1.15, y: 0, width: 0.9, height: 0.6 })}
    <Line
      points={[
        [-0.9, 0.75],
        [0.9, 0.75],
      ]}
    />
    <Line
      points={[
        [-0.9, -0.75],
        [0.9, -0.75],
      ]}
    />
    <Courtyard width={3.5} height={1.8} />
  </footprint>
)

/** Pin 1 is the anode, left; a bar stands at the cathode. */
export const led0603 = () => (
  <footprint>
    {pad({ pin: 1, name: "anode", x: -0.7875, y: 0, width: 0.875, height: 0.95 })}
    {pad({ pin: 2, name: "cathode", x: 0.7875, y: 0, width: 0.875, height: 0.95 })}
    <Line
      points={[
        [-0.8, 0.75],
        [1.5, 0.75],
        [1.5, -0.75],
        [-0.8, -0.75],
      ]}
    />
    <Courtyard width={3} height={1.7} />
  </footprint>
)

/** A square coil of 4 mm. */
export const coil4 = () => (
  <footprint>
    {pad({ pin: 1, x: -1.5, y: 0, width: 1.4, height: 3.7 })}
    {pad({ pin: 2, x: 1.5, y: 0, width: 1.4, height: 3.7 })}
    <Line
      points={[
        [-2.1, 2.15],
        [2.1, 2.15],
      ]}
    />
    <Line
      points={[
        [-2.1, -2.15],
        [2.1, -2.15],
      ]}
    />
    <Courtyard width={5} height={4.6} />
  </footprint>
)

export const chip0805 = () => (
  <footprint>
    {pad({ pin: 1, x: -0.9125, y: 0, width: 1.025, height: 1.4 })}
    {pad({ pin: 2, x: 0.9125, y: 0, width: 1.025, height: 1.4 })}
    <Courtyard width={3.35} height={1.9} />
  </footprint>
)

/** Aluminium can of 8 mm; pin 1 is +, left. */
export const can8 = () => (
  <footprint>
    {pad({ pin: 1, x: -3.7, y: 0, width: 4.4, height: 2.5 })}
    {pad({ pin: 2, x: 3.7, y: 0, width: 4.4, height: 2.5 })}
    <Line
      points={[
        [-4.2, 1.6],
        [-4.2, 3.2],
        [-3.2, 4.2],
        [4.2, 4.2],
        [4.2, 1.6],
      ]}
    />
    <Line
      points={[
        [-4.2, -1.6],
        [-4.2, -3.2],
        [-3.2, -4.2],
        [4.2, -4.2],
        [4.2, -1.6],
      ]}
    />
    <Line
      points={[
        [-5.2, 2.4],
        [-4.6, 2.4],
      ]}
    />
    <Line
      points={[
        [-4.9, 2.1],
        [-4.9, 2.7],
      ]}
    />
    <Courtyard width={12.2} height={8.8} />
  </footprint>
)

/**
 * 1206 resistor whose two ends each have a pad for the current (1, 2) and a narrow one, on the inner side, for
 * the voltage (3 beside 1, 4 beside 2). Only the solder of the part's terminal joins them, so that no router can
 * put the track's own resistance between the sense pads.
 */
export const kelvin1206 = () => (
  <footprint>
    {pad({ pin: 1, x: -1.775, y: 0, width: 0.9, height: 1.8 })}
    {pad({ pin: 3, x: -0.95, y: 0, width: 0.35, height: 1.8 })}
    {pad({ pin: 4, x: 0.95, y: 0, width: 0.35, height: 1.8 })}
    {pad({ pin: 2, x: 1.775, y: 0, width: 0.9, height: 1.8 })}
    <Line
      points={[
        [-2.3, 1.15],
        [2.3, 1.15],
      ]}
    />
    <Line
      points={[
        [-2.3, -1.15],
        [2.3, -1.15],
      ]}
    />
    <Courtyard width={4.8} height={2.5} />
  </footprint>
)

/** DPDT signal relay of 10 × 6.5 mm: coil 1 (+) and 8, contacts 3 and 6, at rest on 2 and 7. */
export const relay = () => (
  <footprint>
    {[3.8, 0.6, -1.6, -3.8].map((y, i) => pad({ pin: i + 1, x: -3.6, y, width: 2.2, height: 0.8 }))}
    {[-3.8, -1.6, 0.6, 3.8].map((y, i) => pad({ pin: i + 5, x: 3.6, y, width: 2.2, height: 0.8 }))}
    <Box left={-2.4} right={2.4} low={-5.1} high={5.1} />
    <Line
      points={[
        [-2.4, 2.2],
        [2.4, 2.2],
      ]}
    />
    <Dot x={-3.5} y={4.7} />
    <Courtyard width={9.8} height={10.6} />
  </footprint>
)

function hole(pin: number, x: number, y: number, drill: number, copper: number) {
  const at = { portHints: [`pin${pin}`], pcbX: x, pcbY: y, holeDiameter: drill }
  return (
    <Fragment key={pin}>
      {pin === 1 ? (
        <platedhole
          {...at}
          shape="circular_hole_with_rect_pad"
          rectPadWidth={copper}
          rectPadHeight={copper}
        />
      ) : (
        <platedhole {...at} shape="circle" outerDiameter={copper} />
      )}
    </Fragment>
  )
}

/** Pin 1 leftmost, square. */
export const pinRow = (pins: number, children?: ReactNode) => (
  <footprint>
    {column(pins, -2.54).map((x, i) => hole(i + 1, x, 0, 1, 1.6))}
    {children ?? (
      <>
        <Box left={-pins * 1.27} right={pins * 1.27} low={-1.27} high={1.27} />
        <Courtyard width={pins * 2.54 + 0.4} height={2.94} />
      </>
    )}
  </footprint>
)

/** Lies on the board with its pins over the lower edge, which is `toEdge` below the holes. */
export const pinRowLying = (pins: number, toEdge: number) =>
  pinRow(
    pins,
    <>
      <Line
        points={[
          [-pins * 1.27, -1.2],
          [-pins * 1.27, 1.27],
          [pins * 1.27, 1.27],
          [pins * 1.27, -1.2],
        ]}
      />
      <Courtyard width={pins * 2.54 + 0.4} height={toEdge + 1.5} y={(1.5 - toEdge) / 2} />
    </>,
  )

/** Screw terminals 3.5 mm apart, wires from above the upper edge. */
export const terminals = (ways: number) => (
  <footprint>
    {column(ways, -3.5).map((x, i) => hole(i + 1, x, 0, 1.2, 2.2))}
    <Box left={-ways * 1.75} right={ways * 1.75} low={-3.2} high={3.9} />
    <Courtyard width={ways * 3.5 + 0.4} height={7.6} y={0.35} />
  </footprint>
)

/** Two rows, numbered down the left and up the right as an IC; USB above. */
export const module_ = (pins: number, span: number, board: [number, number], usb: number) => {
  const left = column(pins / 2, 2.54)
  const [halfWidth, halfHeight] = [board[0] / 2, board[1] / 2]
  return (
    <footprint>
      {left.map((y, i) => hole(i + 1, -span / 2, y, 1, 1.6))}
      {left.map((y, i) => hole(pins - i, span / 2, y, 1, 1.6))}
      <Box left={-halfWidth} right={halfWidth} low={-halfHeight} high={halfHeight} />
      <Box left={-usb / 2} right={usb / 2} low={halfHeight - 5} high={halfHeight} />
    </footprint>
  )
}

export const testPad = () => (
  <footprint>
    <smtpad shape="circle" portHints={["pin1"]} pcbX={0} pcbY={0} radius={0.75} />
  </footprint>
)
