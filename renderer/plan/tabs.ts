/** The parts of the Plan place, in the order of their tabs; the first has no name in the address. */
export const TABS = ['overview', 'assumptions', 'targets', 'readiness', 'timeline', 'what-if'] as const;
export type Tab = (typeof TABS)[number];

/** The part that an address names; anything else is the first. */
export const tabOf = (text: string | undefined): Tab => TABS.find((tab) => tab === text) ?? 'overview';
