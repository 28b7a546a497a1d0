import { useEffect } from 'react';
import { useText } from './i18n.tsx';

/** Names the page in the tab and for a screen reader: «Курсы – Отлично». Undefined while the name is not known yet. */
export function usePageTitle(title: string | undefined): void {
  const text = useText();
  useEffect(() => {
    document.title = title ? text.common.pageTitle(title) : text.common.schoolTitle;
  }, [title, text]);
}
