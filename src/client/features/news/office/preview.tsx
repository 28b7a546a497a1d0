import { IconBrandTelegram, IconMail, IconWorld } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { styleNonce } from '#client/lib/nonce.ts';
import { useNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { icon } from '#client/ui/icon.ts';
import { Prose } from '#client/ui/prose.tsx';
import { applyStyles, holdStyles } from '#client/ui/set-prose.ts';
import { Pending, SkeletonBlock } from '#client/ui/skeleton.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsPictureDto, NewsPreviewDto } from '#shared/news.ts';
import type { NewsInput } from './news-fields.ts';
import classes from './preview.module.css';
import { TelegramBubble } from './telegram-bubble.tsx';
import { useNewsPreview } from './use-news-preview.ts';

/** Signs of one message of Telegram. */
const telegramLimit = 4096;

interface PreviewProps {
  id: string | null;
  input: NewsInput;
  pictures: readonly NewsPictureDto[];
  /** On a page of its own: two columns where there is room. */
  wide?: boolean;
}

/** What students will see, in every channel at once and by the code that sends it. */
export function Preview({ id, input, pictures, wide = false }: PreviewProps) {
  const { preview: words } = useOfficeText().news;
  const { preview, stale } = useNewsPreview(id, input, pictures.map((one) => one.id + one.alt).join());
  const { title, body, channels, button } = input;
  const isEmpty = title === '' && body.trim() === '' && pictures.length === 0;
  return (
    <section className={classes.preview} aria-labelledby="news-preview">
      <h2 id="news-preview" className={classes.title}>
        {words.title}
      </h2>
      {stale && <p className={classes.stale}>{stale === 'offline' ? words.stale : words.failed}</p>}
      {isEmpty ? (
        <p className={classes.empty}>{words.empty}</p>
      ) : preview === null ? (
        <Pending>
          <SkeletonBlock height={200} mt={8} radius={12} />
          <SkeletonBlock height={120} mt={40} radius={12} />
          <SkeletonBlock height={120} mt={40} radius={12} />
        </Pending>
      ) : (
        <div className={wide ? classes.wide : undefined}>
          <Channel sign={<IconBrandTelegram {...icon.sm} />} name={words.telegram} on={channels.telegram} note={<Length of={preview} />}>
            <TelegramBubble pieces={preview.telegram.pieces} pictures={pictures} button={preview.telegram.button} />
          </Channel>
          <Channel sign={<IconMail {...icon.sm} />} name={words.email} on={channels.email} note={words.emailNote}>
            <LetterCard email={preview.email} />
          </Channel>
          <Channel sign={<IconWorld {...icon.sm} />} name={words.site} on={channels.site} note={words.siteNote}>
            <SiteCard title={title} site={preview.site} pictures={pictures} button={button} />
          </Channel>
        </div>
      )}
    </section>
  );
}

interface ChannelProps {
  sign: ReactNode;
  name: string;
  on: boolean;
  note: ReactNode;
  children: ReactNode;
}

function Channel({ sign, name, on, note, children }: ChannelProps) {
  const { preview: words } = useOfficeText().news;
  return (
    <section className={classes.channel} aria-label={name}>
      <p className={classes.head}>
        {sign}
        <span>{name}</span>
        <span className={classes.note}>{on ? note : words.off}</span>
      </p>
      {on && children}
    </section>
  );
}

function Length({ of: { telegram } }: { of: NewsPreviewDto }) {
  const { preview: words } = useOfficeText().news;
  const format = useFormat();
  const { length, pieces } = telegram;
  if (pieces.length > 1) return words.pieces(pieces.length, words.characters(length));
  return words.length(format.number(length), String(telegramLimit), length);
}

function LetterCard({ email: { subject, preheader, html } }: { email: NewsPreviewDto['email'] }) {
  const { preview: words } = useOfficeText().news;
  const format = useFormat();
  const now = useNow(60_000);
  const [whole, showWhole] = useState(false);
  return (
    <div className={classes.card}>
      <p className={classes.sender}>
        <b>{words.sender}</b>
        <span className={classes.time}>{format.time(now)}</span>
      </p>
      <p className={classes.subject}>{subject}</p>
      <p className={classes.excerpt}>{preheader}</p>
      <Button className={classes.whole} size="sm" variant="subtle" onClick={() => showWhole(true)}>
        {words.letter}
      </Button>
      {whole && (
        <Dialog title={words.letterTitle} wide onClose={() => showWhole(false)}>
          <LetterFrame html={html} />
        </Dialog>
      )}
    </div>
  );
}

/** Without scripts and without a way out of the frame. Of our origin, so that the pictures come with the session. */
function LetterFrame({ html }: { html: string }) {
  const { preview: words } = useOfficeText().news;
  const frame = useRef<HTMLIFrameElement>(null);
  const [loaded, setLoaded] = useState(false);
  // Again with every answer: the preview of the last words may come when the letter is open already.
  useEffect(() => {
    if (loaded && frame.current) fill(frame.current, html);
  }, [loaded, html]);
  return (
    <iframe
      ref={frame}
      className={classes.letter}
      title={words.letterTitle}
      sandbox="allow-same-origin allow-popups"
      srcDoc="<!doctype html>"
      onLoad={() => setLoaded(true)}
    />
  );
}

/** The letter within this page: its links leave the page alone, and our pictures come from where the page came from, whatever the school's address is. */
const inPage = (html: string) =>
  html.replace(/<head[^>]*>/i, '$&<base target="_blank">').replace(/(<img\b[^>]*\bsrc=")https?:\/\/[^/"]+(?=\/files\/)/gi, '$1');

/** Put in by script and not as the frame's own source, for there the site's policy holds as well: no style attribute of the letter would work. */
function fill(frame: HTMLIFrameElement, html: string): void {
  const page = frame.contentDocument;
  if (!page) return;
  const styled = holdStyles(inPage(html)).replace('<style>', `<style nonce="${styleNonce()}">`);
  const parsed = new DOMParser().parseFromString(styled, 'text/html');
  // A copy: pictures begin to load where they are made in a page that is shown.
  const letter = page.importNode(parsed.documentElement, true);
  applyStyles(letter);
  page.replaceChild(letter, page.documentElement);
}

interface SiteCardProps {
  title: string;
  site: NewsPreviewDto['site'];
  pictures: PreviewProps['pictures'];
  button: NewsInput['button'];
}

function SiteCard({ title, site, pictures, button }: SiteCardProps) {
  const { preview: words } = useOfficeText().news;
  const [whole, showWhole] = useState(false);
  return (
    <div className={classes.card}>
      <p className={classes.day}>
        <span className={classes.dot} />
        {words.today}
      </p>
      <p className={classes.subject}>
        <b lang="ru">{setTitle(title)}</b>
      </p>
      <p className={classes.excerpt}>{site.excerpt}</p>
      <Button className={classes.whole} size="sm" variant="subtle" onClick={() => showWhole(true)}>
        {words.page}
      </Button>
      {whole && (
        <Dialog title={words.pageTitle} onClose={() => showWhole(false)}>
          <div className={classes.page}>
            <h3 lang="ru">{setTitle(title)}</h3>
            {pictures.map(({ id, url, alt, width, height }) => (
              <img key={id} src={url} alt={alt} width={width} height={height} loading="lazy" />
            ))}
            <Prose html={site.html} size="plain" />
            {button && (
              <p>
                <a href={button.url} target="_blank" rel="noopener noreferrer">
                  {button.label}
                </a>
              </p>
            )}
          </div>
        </Dialog>
      )}
    </div>
  );
}
