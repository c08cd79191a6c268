/** Builds if needed. @returns whether anything was built */
export function build(options?: { force?: boolean }): Promise<boolean>
