/** A deep copy of plain data (what JSON can say); shared/ has no structuredClone, which belongs to the runtimes. */
export const plainCopy = <T>(data: T): T => JSON.parse(JSON.stringify(data));
