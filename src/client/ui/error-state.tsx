import { appError, isOffline, supportCode } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { BusyButton } from './busy-button.tsx';
import { EmptyState } from './empty-state.tsx';
import classes from './states.module.css';

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** True while the repeated request is under way. */
  retrying?: boolean;
  /** What failed: «Не удалось загрузить темы». */
  title?: string;
  level?: 1 | 2 | 3 | 4;
  className?: string;
}

/** What failed, what is safe, «Повторить», and the code for the support where the fault is ours. */
export function ErrorState({ error, onRetry, retrying = false, title, level, className }: ErrorStateProps) {
  const text = useText();
  const format = useFormat();
  const app = appError(error);
  const code = supportCode(error);
  const words = () => {
    if (app?.code === 'AUTH_RATE_LIMITED') return text.common.error.rateLimited(format.wait(app.data.retryAfterSeconds));
    if (app) return text.errors.byCode[app.code];
    return isOffline(error) ? text.common.error.noAnswer : text.errors.byCode.UNEXPECTED;
  };
  const action = (onRetry || code) && (
    <>
      {onRetry && (
        <BusyButton type="button" variant="default" busy={retrying} busyLabel={text.common.offline.retrying} onClick={onRetry}>
          {text.common.error.retry}
        </BusyButton>
      )}
      {code && <span className={classes.code}>{text.common.error.supportCode(code)}</span>}
    </>
  );
  return (
    <div role="alert">
      <EmptyState title={title ?? text.common.error.load} level={level} className={className} action={action}>
        {words()}
      </EmptyState>
    </div>
  );
}
