/** One loopback address and the host behind it. */
export interface Gate {
  readonly address: string;
  readonly port: number;
  readonly host: string;
}

/** What the gate process says when this gate is open. That something accepts there could be another lab's gate. */
export const listening = (gate: Gate): string => `listening ${gate.address}:${gate.port}`;
