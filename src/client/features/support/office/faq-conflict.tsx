import { useId, useState } from 'react';
import { useTextMerge } from '#client/features/texts/use-text-merge.ts';
import { useWide } from '#client/features/texts/use-wide.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import type { FaqCategoryDto, FaqOfficeArticleDto } from '#shared/support.ts';
import type { FaqFields } from './faq-draft.ts';
import classes from './faq-editor.module.css';

interface FaqConflictProps {
  mine: FaqFields;
  theirs: FaqOfficeArticleDto;
  categories: FaqCategoryDto[];
  onClose: () => void;
  onChoose: (fields: FaqFields) => void;
  onTake: () => void;
}

const short = ['categoryId', 'title', 'keywords'] as const;

/** Two versions side by side: short fields are chosen, the answer can be made of both. Nothing is saved here. */
export function FaqConflict({ mine, theirs, categories, onClose, onChoose, onTake }: FaqConflictProps) {
  const { conflict: words, editor } = useOfficeText().faq;
  const [chosen, choose] = useState(mine);
  const labels = { categoryId: editor.category, title: editor.question, keywords: editor.keywords };
  const shownAs = (name: (typeof short)[number], value: string) =>
    (name === 'categoryId' ? categories.find(({ id }) => id === value)?.title : value) || words.empty;
  return (
    <Dialog title={words.title} wide onClose={onClose}>
      <p className={classes.small}>{words.lead}</p>
      <div className={classes.choices}>
        {short
          .filter((name) => mine[name] !== theirs[name])
          .map((name) => (
            <Choice
              key={name}
              label={labels[name]}
              mine={shownAs(name, mine[name])}
              theirs={shownAs(name, theirs[name])}
              takesTheirs={chosen[name] === theirs[name]}
              onChoose={(other) => choose({ ...chosen, [name]: other ? theirs[name] : mine[name] })}
            />
          ))}
        {mine.body !== theirs.body && (
          <AnswerMerge mine={mine.body} theirs={theirs.body} onChange={(body) => choose((before) => ({ ...before, body }))} />
        )}
      </div>
      <div className={classes.buttons}>
        <Button size="sm" onClick={() => onChoose(chosen)}>
          {words.keep}
        </Button>
        <Button size="sm" variant="default" onClick={onTake}>
          {words.takeTheirs}
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
  const { conflict: words } = useOfficeText().faq;
  const name = useId();
  return (
    <fieldset className={classes.choice}>
      <legend>{label}</legend>
      {([false, true] as const).map((other) => (
        <label key={String(other)} className={classes.option}>
          <input type="radio" name={name} checked={takesTheirs === other} onChange={() => onChoose(other)} />
          <span className={classes.optionWhose}>{other ? words.theirs : words.mine}</span>
          <span>{other ? theirs : mine}</span>
        </label>
      ))}
    </fieldset>
  );
}

function AnswerMerge({ mine, theirs, onChange }: { mine: string; theirs: string; onChange: (body: string) => void }) {
  const { faq } = useOfficeText();
  const { conflict: words } = faq;
  const wide = useWide();
  const host = useTextMerge({ mine, theirs, labels: { mine: words.mineAnswer, theirs: words.theirsAnswer }, sideBySide: wide, onChange });
  return (
    <div className={classes.choice}>
      <p>
        <b>{faq.editor.answer}</b>
      </p>
      <p className={classes.small}>{wide ? words.mergeLead : words.mergeLeadNarrow}</p>
      {wide && (
        <div className={classes.mergeNames}>
          <span>{words.mineAnswer}</span>
          <span>{words.theirsAnswer}</span>
        </div>
      )}
      <div ref={host} className={classes.merge} />
    </div>
  );
}
