/** What a machine can see of a page that is not as it should be. Runs inside the page, so it uses nothing from outside of itself. */
export interface Look {
  /** On a touch screen; otherwise the smaller targets of a mouse are enough. */
  touch: boolean;
  /** Of the interface. */
  locale: 'ru' | 'en';
}

export function lookAround({ touch, locale }: Look): string[] {
  const found: string[] = [];
  const shown = (element: Element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return (
      box.width > 1 &&
      box.height > 1 &&
      style.visibility === 'visible' &&
      style.opacity !== '0' &&
      !element.closest('[inert], [aria-hidden=true]')
    );
  };
  const called = (element: Element) => {
    const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 40);
    return `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.split(' ')[0]}` : ''} «${text}»`;
  };
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => shown(element) && element.getBoundingClientRect().right > root.clientWidth + 1,
    );
    found.push(`sideways scroll by ${root.scrollWidth - root.clientWidth}: ${wide.slice(-1).map(called)}`);
  }
  const titles = [...document.querySelectorAll('h1')].filter((title) => title.getClientRects().length > 0);
  if (titles.length !== 1) found.push(`${titles.length} titles (h1)`);
  if (document.querySelectorAll('main').length !== 1) found.push('no main landmark');
  if (document.title === '') found.push('the tab has no title');
  if (root.lang !== locale) found.push(`the page says it is in «${root.lang}»`);

  const controls = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [role=button], [role=tab], summary'),
  ].filter(shown);
  for (const control of controls) {
    const box = control.getBoundingClientRect();
    const label = control.closest('label') ?? (control.id ? document.querySelector(`label[for="${CSS.escape(control.id)}"]`) : null);
    const area = label && control.matches('input[type=checkbox], input[type=radio]') ? label.getBoundingClientRect() : box;
    const after = getComputedStyle(control, '::after');
    const grown = after.content !== 'none' && after.position === 'absolute';
    // A link within a sentence is as high as its line.
    const inText = control.matches('a') && getComputedStyle(control).display === 'inline';
    const least = touch ? 44 : 24;
    if (!inText && !grown && (area.height < least - 0.5 || area.width < Math.min(least, 24) - 0.5)) {
      found.push(`small target ${Math.round(area.width)}×${Math.round(area.height)}: ${called(control)}`);
    }
    // Text in a control that does not fit and is not shown to be cut.
    const style = getComputedStyle(control);
    if (
      control.matches('a, button') &&
      control.scrollWidth > control.clientWidth + 2 &&
      style.overflowX === 'hidden' &&
      style.textOverflow !== 'ellipsis'
    ) {
      found.push(`cut text: ${called(control)}`);
    }
  }
  for (const [i, a] of controls.entries()) {
    const one = a.getBoundingClientRect();
    for (const b of controls.slice(i + 1)) {
      if (a.contains(b) || b.contains(a)) continue;
      const two = b.getBoundingClientRect();
      const width = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const height = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (width < 6 || height < 6) continue;
      const fixed = (element: Element) => {
        for (let at: Element | null = element; at; at = at.parentElement)
          if (['fixed', 'sticky'].includes(getComputedStyle(at).position)) return true;
        return false;
      };
      // What is fixed lies above what scrolls, and rows whose whole area is a link have buttons on it.
      if (fixed(a) !== fixed(b) || getComputedStyle(a).display === 'inline' || getComputedStyle(b).display === 'inline') continue;
      if (one.width * one.height > 4 * two.width * two.height || two.width * two.height > 4 * one.width * one.height) continue;
      found.push(`overlap ${Math.round(width)}×${Math.round(height)}: ${called(a)} and ${called(b)}`);
    }
  }
  if (locale === 'en') {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || !/[а-яё]{3}/i.test(node.textContent ?? '') || !shown(parent)) continue;
      if (parent.closest('[lang]')?.getAttribute('lang') === 'en' && !parent.matches('textarea, script, style')) {
        found.push(`Russian without lang: ${called(parent)}`);
      }
    }
  }
  return found;
}

/** How much the page has moved under its reader so far. */
export function shiftSoFar(): { sum: number; who: string[] } {
  const kept = (globalThis as { layoutShifts?: { value: number; who: string }[] }).layoutShifts ?? [];
  return {
    sum: kept.reduce((sum, { value }) => sum + value, 0),
    who: [...new Set(kept.filter(({ value }) => value > 0.005).map(({ who }) => who))],
  };
}

/** Before anything else of a page. */
export function watchShifts(): void {
  const kept: { value: number; who: string }[] = [];
  Object.assign(globalThis, { layoutShifts: kept });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean; sources?: { node?: Node }[] };
      if (shift.hadRecentInput) continue;
      const who = (shift.sources ?? []).map(({ node }) =>
        node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : String(node?.nodeName),
      );
      kept.push({ value: shift.value, who: who.join(' ').slice(0, 120) });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
