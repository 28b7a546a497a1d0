import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { newsLimits } from '#shared/news.ts';
import classes from './composer.module.css';
import { buttonOf, type NewsFields, type NewsProblem } from './news-fields.ts';
import { PictureList } from './picture-list.tsx';
import { TextField } from './text-field.tsx';
import type { NewsPictures } from './use-news-pictures.ts';

interface ContentFieldsProps {
  fields: NewsFields;
  pictures: NewsPictures;
  problems: readonly NewsProblem[];
  onChange: (part: Partial<NewsFields>) => void;
}

/** What it says: title, text, pictures, button. */
export function ContentFields({ fields, pictures, problems, onChange }: ContentFieldsProps) {
  const { editor: words } = useOfficeText().news;
  const format = useFormat();
  const titleLength = fields.title.trim().length;
  const titleProblem =
    titleLength > newsLimits.title
      ? words.titleLong(format.number(titleLength), format.number(newsLimits.title))
      : problems.includes('title')
        ? words.titleRequired
        : null;
  const half = buttonOf(fields) === 'half';
  return (
    <>
      <TextInput
        id="news-title"
        label={words.heading}
        autoComplete="off"
        value={fields.title}
        error={titleProblem && <FieldError>{titleProblem}</FieldError>}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <TextField
        value={fields.body}
        error={problems.includes('body') ? words.textRequired : null}
        onChange={(body) => onChange({ body })}
        onPictures={pictures.add}
      />
      <PictureList pictures={pictures} />
      <fieldset className={classes.field} aria-describedby="news-button-said">
        <legend className={classes.label}>{words.buttonLegend}</legend>
        <div className={classes.two}>
          <TextInput
            id="news-buttonLabel"
            aria-label={words.buttonLabel}
            placeholder={words.buttonLabel}
            autoComplete="off"
            maxLength={newsLimits.buttonLabel}
            value={fields.buttonLabel}
            error={problems.includes('buttonLabel') && <FieldError>{words.buttonLabelWrong(newsLimits.buttonLabel)}</FieldError>}
            onChange={(event) => onChange({ buttonLabel: event.currentTarget.value })}
          />
          <TextInput
            id="news-buttonUrl"
            aria-label={words.buttonUrl}
            placeholder={words.buttonUrl}
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            value={fields.buttonUrl}
            error={problems.includes('buttonUrl') && <FieldError>{words.buttonUrlWrong}</FieldError>}
            onChange={(event) => onChange({ buttonUrl: event.currentTarget.value })}
          />
        </div>
        <p id="news-button-said" className={classes.help}>
          {half ? words.buttonHalf : words.buttonHelp}
        </p>
      </fieldset>
    </>
  );
}
