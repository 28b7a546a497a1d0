/** A straight line through measurements, and how sure it is. */
export interface Slope {
  /** Of the value for one step of `at`. */
  perStep: number;
  /** Standard error of that. */
  error: number;
}

export function slopeOf(points: { at: number; value: number }[]): Slope {
  const n = points.length;
  if (n < 3) throw new Error('a slope takes three measurements');
  const mean = (pick: (point: { at: number; value: number }) => number) => points.reduce((sum, point) => sum + pick(point), 0) / n;
  const [x, y] = [mean(({ at }) => at), mean(({ value }) => value)];
  const spread = points.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
  const perStep = points.reduce((sum, { at, value }) => sum + (at - x) * (value - y), 0) / spread;
  const rest = points.reduce((sum, { at, value }) => sum + (value - y - perStep * (at - x)) ** 2, 0);
  return { perStep, error: Math.sqrt(rest / (n - 2) / spread) };
}
