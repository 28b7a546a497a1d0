import { Component, type ReactNode, useEffect, useRef } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { offline } from '#client/lib/online.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import layout from '#client/ui/layout.module.css';

interface Props {
  /** Another place is another chance. */
  place: string;
  children: ReactNode;
}

/** A page that breaks (or whose chunk is gone after an update of the site) takes neither head nor foot with it. */
export class ErrorBoundary extends Component<Props, { brokenAt: string | null }> {
  override state = { brokenAt: null };

  static getDerivedStateFromError() {
    return { brokenAt: '' };
  }

  static getDerivedStateFromProps(props: Props, state: { brokenAt: string | null }) {
    if (state.brokenAt === '') return { brokenAt: props.place };
    return state.brokenAt !== null && state.brokenAt !== props.place ? { brokenAt: null } : null;
  }

  override render() {
    return this.state.brokenAt === null ? this.props.children : <Broken />;
  }
}

function Broken() {
  const text = useText();
  const away = offline.use();
  const isOffline = away !== null;
  const wasOffline = useRef(isOffline);
  // The page could not be fetched: it can be once the network is back, and nothing is lost by starting over.
  useEffect(() => {
    if (wasOffline.current && !isOffline) window.location.reload();
  }, [isOffline]);
  const reload = <Button onClick={() => window.location.reload()}>{text.common.error.reload}</Button>;
  return (
    <div className={layout.wrap} role="alert">
      <EmptyState level={1} title={text.common.error.broken} action={reload}>
        {away ? text.common.error.offline[away.why] : text.common.error.brokenText}
      </EmptyState>
    </div>
  );
}
