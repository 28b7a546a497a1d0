import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type ButtonLook, buttonLook } from './button.tsx';

interface LinkButtonProps extends ButtonLook {
  href: string;
  leftSection?: ReactNode;
  children: ReactNode;
  /** Give it where the text alone does not say where the link leads. */
  'aria-label'?: string;
}

/** A link within the site that looks like a button. */
export function LinkButton({ href, leftSection, children, 'aria-label': label, ...look }: LinkButtonProps) {
  return (
    <Link href={href} aria-label={label} {...buttonLook(look)}>
      {leftSection}
      {children}
    </Link>
  );
}
