/**
 * Every formula by which a number of the plan is made. Symbols are the same in every language; what each formula is
 * called is in `shared/text`, by its id.
 */
export const FORMULAS = {
  throughput: {
    symbols: 'B = min(L · η · c, k · W ÷ RTT, k · MSS ÷ (RTT · √p), D₁, D₂, B_max)',
    cite: 'Mathis 1997',
  },
  'bytes-at-rate': { symbols: 'T = V ÷ B' },
  'files-one-by-one': { symbols: 'T = N · t' },
  'transfer-time': { symbols: 'T = S + V ÷ B + N · t ÷ k' },
  'delta-passes': { symbols: 'T(n+1) = S + ρ · T(n);  T* = S ÷ (1 − ρ);  ρ = d ÷ B + f · t ÷ k' },
  'all-passes': { symbols: 'Σ T(n), n ≥ 1' },
  'final-pass': { symbols: 'T(n) = T* + ρⁿ · (T(0) − T*)' },
  'passes-until': { symbols: 'n = ⌈ln((T(0) − T*) ÷ (W − T*)) ÷ ln(1 ÷ ρ)⌉' },
  'dump-and-load': { symbols: 'T = D ÷ r₁ + D · κ ÷ B + D ÷ r₂ + Tᵢ' },
  'catch-up': { symbols: 'T = T₀ · ρ ÷ (1 − ρ);  ρ = w ÷ a' },
  'longest-path': { symbols: 'T = max Σ E;  E = (o + 4m + p) ÷ 6;  P90 = ΣE + 1.28 · √Σσ²', cite: 'PERT' },
  simulation: { symbols: 'P90 of max Σ Tᵢ;  Tᵢ ~ Beta(o, m, p)', cite: 'Monte Carlo' },
  'turn-back': { symbols: 't = t₁ − P90 − m' },
  'downtime-budget': { symbols: 'R = (1 − A) · T − Σ tᵢ' },
  availability: { symbols: 'A = MTBF ÷ (MTBF + MTTR)' },
  series: { symbols: 'A = ∏ Aᵢ' },
  parallel: { symbols: 'A = 1 − ∏ (1 − Aᵢ)' },
  'some-of': { symbols: 'A = Σ C(n, i) · Aⁱ · (1 − A)ⁿ⁻ⁱ, i ≥ k' },
  'common-cause': { symbols: 'U = β · (1 − A) + ((1 − β) · (1 − A))²' },
  'pair-with-failover': { symbols: 'U = λ · (c · T + (1 − c) · MTTR) + U₁₂' },
  'client-choice': { symbols: 'P99.9 = n ÷ 2 + 1.545 · √n' },
  'erlang-b': { symbols: 'B(c) = A · B(c−1) ÷ (c + A · B(c−1)), B(0) = 1', cite: 'Erlang 1917' },
  'erlang-c': {
    symbols: 'C = B ÷ (1 − ρ · (1 − B));  P(W > t) = C · e^(−(c − A) · t ÷ S)',
    cite: 'Erlang 1917',
  },
  'little-law': { symbols: 'L = λ · W', cite: 'Little 1961' },
  'dns-tail': { symbols: 's ≤ max(0, 1 − t ÷ TTL)' },
  'net-present-value': { symbols: 'NPV = Σ CFₙ ÷ (1 + r)ⁿ' },
  'break-even': { symbols: 'n = (C₀ + m · C₂) ÷ (C₁ − C₂)' },
  'outage-cost': { symbols: 'C = 8765.8 · U · c' },
  'total-cost': { symbols: 'C = Σ Cᵢ' },
} as const satisfies Record<string, { symbols: string; cite?: string }>;
export type FormulaId = keyof typeof FORMULAS;
