import { useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { registryBytes } from '#shared/payments-office.ts';
import classes from './issues.module.css';
import shared from './payments.module.css';

/** T-Bank's own file of operations, compared with our books line by line. */
export function RegistryUpload() {
  const { registry: words } = useOfficeText().payments.issues;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const load = trpc.payments.office.importRegistry.useMutation({
    onSuccess: () =>
      Promise.all([
        utils.payments.office.issues.invalidate(),
        utils.payments.office.checks.invalidate(),
        utils.payments.office.overview.invalidate(),
      ]),
  });

  async function take(file: File | undefined) {
    if (!file || reading || load.isPending) return;
    setProblem(null);
    load.reset();
    if (file.size > registryBytes) {
      setProblem(words.tooBig);
      return;
    }
    setReading(true);
    try {
      load.mutate({ content: await base64Of(file) });
    } catch {
      setProblem(words.unreadable(1));
    }
    setReading(false);
  }

  const { data } = load;
  return (
    <section className={classes.section} aria-labelledby="registry">
      <h2 id="registry">{words.title}</h2>
      <p className={shared.small}>{words.text}</p>
      <div className={classes.upload}>
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          busy={reading || load.isPending}
          busyLabel={words.reading}
          onClick={() => field.current?.click()}
        >
          {words.choose}
        </BusyButton>
        <input
          ref={field}
          type="file"
          hidden
          aria-label={words.choose}
          accept=".csv,.txt,text/csv"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
        <p role="status">
          {data?.outcome === 'read' && (
            <>
              {words.read(data.rows, data.matched)} {data.issues > 0 ? words.issues(data.issues) : words.clean}
            </>
          )}
        </p>
      </div>
      <FormError>
        {problem ?? (data?.outcome === 'unreadable' ? words.unreadable(data.line) : load.error && errorText(load.error, text, format))}
      </FormError>
    </section>
  );
}

/** What a file holds, as a procedure takes it. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^data:[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
