/** Sizes of the heat-map in pixels: known before its chunk is there, so that its place is kept. */
export const cell = { size: 17, gap: 3, top: 22, left: 28, width: 28 + 53 * 20 + 3 } as const;

/** Labels of months, seven days, and the scroll bar that a mouse needs where the map is wider than its place. */
export const heatHeight = cell.top + 7 * (cell.size + cell.gap) + cell.gap + 12;
