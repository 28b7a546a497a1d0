import type { ReactNode } from 'react';
import { goToAnchor } from '#client/lib/navigation.ts';

interface AnchorLinkProps {
  /** Id of the element on this page. */
  to: string;
  current?: boolean;
  children: ReactNode;
}

/** A link to a place of this page. The focus goes there too, and the history keeps one entry for the page. */
export function AnchorLink({ to, current, children }: AnchorLinkProps) {
  return (
    <a
      href={`#${to}`}
      aria-current={current ? 'true' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        goToAnchor(to);
      }}
    >
      {children}
    </a>
  );
}
