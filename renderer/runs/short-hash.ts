/** "7be0·c214": enough of a hash to tell two plans apart by eye. */
export const shortHash = (hash: string): string =>
  hash.length > 12 ? `${hash.slice(0, 4)}·${hash.slice(4, 8)}` : hash;

/** Names that a person could say aloud stay whole; of a random one its beginning is enough. */
export const shortId = (id: string): string => (id.length > 24 ? id.slice(0, 8) : id);
