export const BUNDLES: Record<string, string>
export const OURS: RegExp
export function buildWidgets(options: { outDir: string; only?: string[] }): Promise<void>
export function brotliSize(file: string): Promise<number>
