/** Before a row goes away: whoever was on it by keyboard goes on at the next one, not at the top of the page. */
export function focusNeighbour(id: string): void {
  const handles = [...document.querySelectorAll<HTMLElement>('[data-handle]')];
  const at = handles.findIndex((handle) => handle.dataset.handle === id);
  const row = handles[at]?.closest('li');
  const next = handles.slice(at + 1).find((handle) => !row?.contains(handle)) ?? handles[at - 1];
  // After the menu has given its focus back to a button that is no longer there.
  requestAnimationFrame(() => requestAnimationFrame(() => next?.focus({ preventScroll: true })));
}
