export function buildFaults(): Promise<void>
