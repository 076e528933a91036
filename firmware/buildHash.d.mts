export function firmwareSources(): string[]
export function hashTexts(texts: [name: string, text: string][]): string
export function buildHash(): string
