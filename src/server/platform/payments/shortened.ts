/** So many UTF-16 units at most, no sign cut in two. */
export function shortened(text: string, most: number): string {
  const flat = text.toWellFormed().replace(/\s+/g, ' ').trim();
  if (flat.length <= most) return flat;
  let short = '';
  for (const sign of flat) {
    if (short.length + sign.length + 1 > most) break;
    short += sign;
  }
  return `${short}…`;
}
