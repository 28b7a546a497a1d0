/** Props of a Tabler icon by its place: `<IconLock {...icon.md} />`. Colour is the text's; the meaning stands in words beside it. */
export const icon = {
  sm: { size: 16, stroke: 2, 'aria-hidden': true },
  md: { size: 20, stroke: 1.75, 'aria-hidden': true },
  lg: { size: 24, stroke: 1.75, 'aria-hidden': true },
} as const;
