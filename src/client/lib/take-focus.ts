/** As a `ref`: what stands in the place of a pressed button takes the focus that would be lost with it. */
export const takeFocus = (element: HTMLElement | null): void => element?.focus({ preventScroll: true });
