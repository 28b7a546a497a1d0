import { useId, useState } from 'react';
import { useTextMerge } from '#client/features/texts/use-text-merge.ts';
import { useWide } from '#client/features/texts/use-wide.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import classes from './conflict.module.css';
import type { NewsFields } from './news-fields.ts';

interface NewsConflictProps {
  mine: NewsFields;
  theirs: NewsFields;
  /** How a choice of whom is called. */
  audience: (fields: NewsFields) => string;
  onClose: () => void;
  onChoose: (fields: NewsFields) => void;
}

/** What is chosen as one: a button without its address is none. */
const parts: { name: 'heading' | 'button' | 'who' | 'where'; fields: (keyof NewsFields)[] }[] = [
  { name: 'who', fields: ['audience', 'courseId', 'inactiveDays'] },
  { name: 'heading', fields: ['title'] },
  { name: 'button', fields: ['buttonLabel', 'buttonUrl'] },
  { name: 'where', fields: ['site', 'telegram', 'email'] },
];

/** Two versions side by side: short parts are chosen, the text can be made of both. Nothing is saved before a button is pressed. */
export function NewsConflict({ mine, theirs, audience, onClose, onChoose }: NewsConflictProps) {
  const { conflict: words, editor } = useOfficeText().news;
  const wide = useWide();
  const [chosen, choose] = useState(mine);
  const labels = { heading: editor.heading, button: words.button, who: editor.who, where: editor.where };
  const shown = {
    heading: ({ title }: NewsFields) => title,
    button: ({ buttonLabel, buttonUrl }: NewsFields) => [buttonLabel, buttonUrl].filter(Boolean).join(' → '),
    who: audience,
    where: (fields: NewsFields) => (['site', 'telegram', 'email'] as const).flatMap((one) => (fields[one] ? [editor[one]] : [])).join(', '),
  };
  return (
    <Dialog title={words.title} wide onClose={onClose}>
      <p className={classes.small}>{wide ? words.lead : words.leadNarrow}</p>
      <div className={classes.choices}>
        {parts
          .filter(({ fields }) => fields.some((field) => mine[field] !== theirs[field]))
          .map(({ name, fields }) => (
            <Choice
              key={name}
              label={labels[name]}
              mine={shown[name](mine) || words.empty}
              theirs={shown[name](theirs) || words.empty}
              takesTheirs={fields.every((field) => chosen[field] === theirs[field])}
              onChoose={(other) => {
                const from = other ? theirs : mine;
                choose({ ...chosen, ...Object.fromEntries(fields.map((field) => [field, from[field]])) });
              }}
            />
          ))}
        {mine.body !== theirs.body && (
          <TextMerge mine={mine.body} theirs={theirs.body} wide={wide} onChange={(body) => choose((before) => ({ ...before, body }))} />
        )}
      </div>
      <div className={classes.buttons}>
        <Button size="sm" onClick={() => onChoose(chosen)}>
          {words.keep}
        </Button>
        <Button size="sm" variant="default" onClick={() => onChoose(theirs)}>
          {words.take}
        </Button>
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  label: string;
  mine: string;
  theirs: string;
  takesTheirs: boolean;
  onChoose: (theirs: boolean) => void;
}

function Choice({ label, mine, theirs, takesTheirs, onChoose }: ChoiceProps) {
  const { conflict: words } = useOfficeText().news;
  const name = useId();
  return (
    <fieldset>
      <legend className={classes.legend}>{label}</legend>
      {([false, true] as const).map((other) => (
        <label key={String(other)} className={classes.option}>
          <input type="radio" name={name} checked={takesTheirs === other} onChange={() => onChoose(other)} />
          <span className={classes.whose}>{other ? words.theirs : words.mine}</span>
          <span>{other ? theirs : mine}</span>
        </label>
      ))}
    </fieldset>
  );
}

function TextMerge({ mine, theirs, wide, onChange }: { mine: string; theirs: string; wide: boolean; onChange: (body: string) => void }) {
  const { news } = useOfficeText();
  const { conflict: words } = news;
  const host = useTextMerge({ mine, theirs, labels: { mine: words.mineText, theirs: words.theirsText }, sideBySide: wide, onChange });
  return (
    <div className={classes.merged}>
      <p className={classes.legend}>{news.editor.text}</p>
      {wide && (
        <div className={classes.names}>
          <span>{words.mineText}</span>
          <span>{words.theirsText}</span>
        </div>
      )}
      <div ref={host} className={classes.merge} />
    </div>
  );
}
