import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Input.layer.css';
import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPhoto, IconX } from '@tabler/icons-react';
import { UploadList } from '#client/features/files/upload-list.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { newsLimits } from '#shared/news.ts';
import classes from './composer.module.css';
import type { NewsPictures } from './use-news-pictures.ts';

/** The pictures above the text, in their order, and those on their way. */
export function PictureList({ pictures: { shown, sending, problem, change } }: { pictures: NewsPictures }) {
  const { pictures: words } = useOfficeText().news;
  return (
    <div className={classes.pictures}>
      {shown.length > 0 && (
        <ol className={classes.pictureList} aria-label={words.label}>
          {shown.map((picture, at) => {
            const name = 'name' in picture ? picture.name : words.nameless;
            return (
              <li key={picture.id} className={classes.picture}>
                {'url' in picture ? (
                  <img className={classes.thumb} src={picture.url} alt="" width={picture.width} height={picture.height} loading="lazy" />
                ) : (
                  <span className={classes.thumb}>
                    <IconPhoto {...icon.md} />
                  </span>
                )}
                <TextInput
                  className={classes.alt}
                  size="sm"
                  aria-label={words.alt(at + 1)}
                  placeholder={words.altHelp}
                  maxLength={newsLimits.alt}
                  autoComplete="off"
                  value={picture.alt}
                  onChange={(event) => change({ kind: 'describe', id: picture.id, alt: event.currentTarget.value })}
                />
                <span className={classes.pictureTools}>
                  {shown.length > 1 && (
                    <>
                      <ActionIcon
                        className={classes.tool}
                        aria-label={words.up(name)}
                        disabled={at === 0}
                        onClick={() => change({ kind: 'move', id: picture.id, by: -1 })}
                      >
                        <IconArrowUp {...icon.md} />
                      </ActionIcon>
                      <ActionIcon
                        className={classes.tool}
                        aria-label={words.down(name)}
                        disabled={at === shown.length - 1}
                        onClick={() => change({ kind: 'move', id: picture.id, by: 1 })}
                      >
                        <IconArrowDown {...icon.md} />
                      </ActionIcon>
                    </>
                  )}
                  <ActionIcon
                    className={classes.tool}
                    aria-label={words.remove(name)}
                    onClick={() => change({ kind: 'remove', id: picture.id })}
                  >
                    <IconX {...icon.md} />
                  </ActionIcon>
                </span>
              </li>
            );
          })}
        </ol>
      )}
      {shown.length > 0 && <p className={classes.help}>{words.help}</p>}
      <UploadList items={sending} />
      <FormError>{problem}</FormError>
    </div>
  );
}
