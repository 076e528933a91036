/**
 * Where a function that never falls is 0 (regula falsi, Illinois).
 * @param value_V the function
 * @param from_A, to_A on either side of the root
 * @param tolerance_V how near to 0 is good enough
 */
export function rootOf(
  value_V: (current_A: number) => number,
  from_A: number,
  to_A: number,
  tolerance_V: number,
): number {
  let a = from_A
  let fa = value_V(a)
  let b = to_A
  let fb = value_V(b)
  for (let k = 0; k < 60 && Math.abs(fb) > tolerance_V && fa !== fb; k++) {
    const c = b - (fb * (b - a)) / (fb - fa)
    const fc = value_V(c)
    if (fc < 0 === fb < 0) fa /= 2
    else {
      a = b
      fa = fb
    }
    b = c
    fb = fc
  }
  return b
}
