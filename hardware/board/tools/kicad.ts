/** What tscircuit's KiCad file needs before KiCad can judge it. */

/** One top-level list of a KiCad file that begins with `(name`. */
function withoutLists(text: string, name: string): string {
  let out = ""
  let at = 0
  for (;;) {
    const start = text.indexOf(`\n  (${name}\n`, at)
    if (start < 0) return out + text.slice(at)
    out += text.slice(at, start)
    let depth = 0
    let end = start
    do {
      end = text.slice(end + 1).search(/[()]/) + end + 1
      depth += text[end] === "(" ? 1 : -1
    } while (depth > 0)
    at = end + 1
  }
}

/** A board's ground as one zone for KiCad to pour, instead of the polygons that tscircuit poured. */
export function withZone(
  text: string,
  of: { net: string; width: number; height: number; inset: number; keepouts?: Rectangle[] },
): string {
  const number = text.match(new RegExp(`\\(net (\\d+) "?${of.net}"?\\)`))?.[1]
  if (number === undefined) throw new Error(`The board has no net ${of.net}.`)
  const x = of.width / 2 - of.inset
  const y = of.height / 2 - of.inset
  const zone = `
  (zone
    (net ${number})
    (net_name "${of.net}")
    (layer "B.Cu")
    (uuid "00000000-0000-4000-8000-000000000001")
    (hatch edge 0.5)
    (connect_pads (clearance 0.25))
    (min_thickness 0.25)
    (fill yes (thermal_gap 0.3) (thermal_bridge_width 0.4) (island_removal_mode 0))
    (polygon (pts ${corners(-x, -y, x, y)}))
  )`
  const keepouts = (of.keepouts ?? []).map(
    ({ x, y, width, height }, i) => `
  (zone
    (net 0)
    (net_name "")
    (layers "F.Cu" "B.Cu")
    (uuid "00000000-0000-4000-8000-0000000001${String(i).padStart(2, "0")}")
    (hatch edge 0.5)
    (connect_pads (clearance 0))
    (min_thickness 0.25)
    (keepout (tracks not_allowed) (vias not_allowed) (pads allowed) (copperpour not_allowed) (footprints allowed))
    (fill (thermal_gap 0.5) (thermal_bridge_width 0.5))
    (polygon (pts ${corners(x - width / 2, y - height / 2, x + width / 2, y + height / 2)}))
  )`,
  )
  const bare = withoutLists(text, "zone").trimEnd().replace(/\)$/, "")
  return `${bare}${zone}${keepouts.join("")}\n)\n`
}

/** One via a place: tscircuit's converter adds a second, wider one where it takes a net for a supply. */
export function withSingleVias(text: string, size: number, drill: number): string {
  const seen = new Set<string>()
  return text.replace(/\n {2}\(via\n[\s\S]*?\n {2}\)(?=\n)/g, (via) => {
    const at = /\(at ([^)]*)\)/.exec(via)?.[1] ?? ""
    const [x, y] = at.split(" ").map((mm) => Number(mm).toFixed(3))
    if (seen.has(`${x} ${y}`)) return ""
    seen.add(`${x} ${y}`)
    return via
      .replace(/\(size [^)]*\)/, `(size ${size})`)
      .replace(/\(drill [^)]*\)/, `(drill ${drill})`)
  })
}

export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/** tscircuit puts the board's centre at (100, 100), and KiCad's y points down. */
function corners(left: number, low: number, right: number, high: number): string {
  return [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
  ]
    .map(([x, y]) => `(xy ${100 + x} ${100 - y})`)
    .join(" ")
}

/** Rules of a cheap two-layer board: 0.15 mm tracks and gaps, 0.3 mm holes. */
export const PROJECT = {
  board: {
    design_settings: {
      rules: {
        min_clearance: 0.15,
        min_track_width: 0.15,
        min_via_diameter: 0.5,
        min_via_annular_width: 0.13,
        min_through_hole_diameter: 0.3,
        min_copper_edge_clearance: 0.3,
        min_hole_clearance: 0.2,
        min_hole_to_hole: 0.25,
        min_text_height: 0.7,
        min_text_thickness: 0.08,
      },
      // The footprints come from the code.
      rule_severities: { lib_footprint_issues: "ignore", lib_footprint_mismatch: "ignore" },
    },
  },
  net_settings: {
    classes: [
      { name: "Default", clearance: 0.15, track_width: 0.25, via_diameter: 0.6, via_drill: 0.3 },
    ],
    meta: { version: 3 },
  },
  meta: { version: 1 },
}
