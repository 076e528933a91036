/** A number of `words.ts` with its unit, which is quieter. Its sign can be set apart: what hangs does not push. */
export function Figure({ text }: { text: string }) {
  const [number, unit] = text.split("\u00a0")
  const isSigned = number.startsWith("+") || number.startsWith("\u2212")
  return (
    <span class="figure">
      <span class="sign">{isSigned ? number[0] : ""}</span>
      {isSigned ? number.slice(1) : number}
      <span class="unit">{`\u00a0${unit}`}</span>
    </span>
  )
}
