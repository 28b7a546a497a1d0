import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import { usePageTitle } from '#client/lib/page.ts';
import { BackLink } from './back-link.tsx';
import classes from './office-page.module.css';

interface OfficePageProps {
  /** Undefined while it is not known yet. */
  title: string | undefined;
  /** Pages above this one, outermost first. */
  trail?: { href: string; label: string }[];
  /** Beside the title: at most one filled button. */
  actions?: ReactNode;
  /** One line of facts under the title. Undefined: not known yet; null or false: there is none. */
  facts?: ReactNode;
  /** The page is a tool that takes all the height it can get. */
  dense?: boolean;
  children: ReactNode;
}

/** Head of a page of the office, and its contents. */
export function OfficePage(props: OfficePageProps) {
  const { title, trail = [], actions, facts, dense = false, children } = props;
  // A line that the page will have keeps its place while its words are on their way.
  const waits = 'facts' in props && facts === undefined;
  const { shell } = useOfficeText();
  usePageTitle(title);
  return (
    <div className={dense ? `${classes.page} ${classes.dense}` : classes.page}>
      <BackLink />
      {trail.length > 0 && (
        <nav className={classes.trail} aria-label={shell.trail}>
          <ol>
            {trail.map(({ href, label }) => (
              <li key={href}>
                <Link href={href}>{label}</Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className={classes.head}>
        <h1>{title ?? '\u00a0'}</h1>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {(facts || waits) && <div className={classes.facts}>{facts ?? '\u00a0'}</div>}
      <div className={classes.body}>{children}</div>
    </div>
  );
}
