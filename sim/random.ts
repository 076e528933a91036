/**
 * Seeded randomness. Every error of a board draws from a stream of its own, found by name, so that
 * switching one error off leaves the draws of all others as they were.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1
  private spare = Number.NaN

  /** The stream called `name` of `seed`: same seed and name, same numbers, on any machine. */
  constructor(
    private readonly seed: number,
    name = "",
  ) {
    // FNV-1a folds the name into the seed; sfc32 needs a dozen rounds to forget its start.
    let hash = 2166136261 ^ seed
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619)
    this.a = seed | 0
    this.b = hash | 0
    this.c = Math.imul(hash, 0x9e3779b1) | 0
    for (let i = 0; i < 16; i++) this.uint32()
  }

  /** An independent stream of the same seed. */
  stream(name: string): Random {
    return new Random(this.seed, name)
  }

  /** Uniform integer, 0 … 2³²−1 (sfc32, Chris Doty-Humphrey, PractRand). */
  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + t
    this.c |= 0
    return t >>> 0
  }

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + ((high - low) * this.uint32()) / 4294967296
  }

  /** Normal, mean 0, standard deviation `sigma` (Marsaglia's polar method). */
  normal(sigma = 1): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare
      this.spare = Number.NaN
      return sigma * value
    }
    let u: number
    let v: number
    let s: number
    do {
      u = this.uniform(-1, 1)
      v = this.uniform(-1, 1)
      s = u * u + v * v
    } while (s >= 1 || s === 0)
    const scale = Math.sqrt((-2 * Math.log(s)) / s)
    this.spare = v * scale
    return sigma * u * scale
  }

  /** Normal with a datasheet's typical value as sigma, never beyond its maximum. */
  toleranced(typical: number, maximum: number): number {
    return Math.max(-maximum, Math.min(maximum, this.normal(typical)))
  }
}
