/**
 * Where chosen options stand, from 1: options have ids that nobody sees, so everybody calls them by their places. What is no option any more is
 * left out.
 */
export function optionPlaces(options: readonly { id: string }[], ids: readonly string[]): number[] {
  return ids
    .map((id) => options.findIndex((option) => option.id === id) + 1)
    .filter((place) => place > 0)
    .sort((a, b) => a - b);
}
