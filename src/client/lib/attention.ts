import { useEffect, useRef } from 'react';
import { deviceMemory } from './memory.ts';
import { createStore } from './store.ts';
import { trpc } from './trpc.ts';

const most = 99;

/** «(3) Курсы – Отлично»; without a number where nothing is unread. */
export function titleWith(title: string, unread: number): string {
  const plain = title.replace(/^\(\d+\+?\) /, '');
  return unread > 0 ? `(${unread > most ? `${most}+` : unread}) ${plain}` : plain;
}

/** Null: never chosen on this device. Then teachers hear a message come and students do not. */
const chosen = createStore<boolean | null>(remembered());

function remembered(): boolean | null {
  const kept = deviceMemory.read('chat-sound');
  return kept === null ? null : kept === 'on';
}

/** Is a sound wanted when a message comes? For a switch. */
export function useSound(teacher: boolean): { on: boolean; set: (on: boolean) => void } {
  return {
    on: chosen.use() ?? teacher,
    set(on) {
      deviceMemory.write('chat-sound', on ? 'on' : 'off');
      chosen.set(on);
      // Browsers let a page sound only after a press on it: this one is it, and shows what will be heard.
      if (on) ring();
    },
  };
}

let audio: AudioContext | null = null;

/** Two soft tones. Where the browser does not let the page sound, nothing is heard and nothing breaks. */
export function ring(): void {
  try {
    audio ??= new AudioContext();
    const { currentTime } = audio;
    const context = audio;
    void context.resume().catch(() => undefined);
    for (const [index, frequency] of [659, 880].entries()) {
      const at = currentTime + index * 0.14;
      const tone = context.createOscillator();
      const loudness = context.createGain();
      tone.frequency.value = frequency;
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(0.12, at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
      tone.connect(loudness).connect(context.destination);
      tone.start(at);
      tone.stop(at + 0.32);
    }
  } catch {}
}

/** The count before the tab's title, whichever page sets it, and a sound when there is more than before. */
export function useRingAndTitle(signedIn: boolean, teacher: boolean): void {
  const { data } = trpc.chat.unread.useQuery(undefined, { enabled: signedIn, refetchOnWindowFocus: 'always' });
  const unread = signedIn && data ? data.messages + (data.waiting ?? 0) : 0;
  const before = useRef<number | null>(null);
  const { on } = useSound(teacher);

  useEffect(() => {
    const was = before.current;
    before.current = data ? unread : null;
    if (on && was !== null && unread > was) ring();
  }, [on, unread, data]);

  useEffect(() => {
    const title = document.querySelector('title');
    if (!title) return;
    const set = () => {
      const wanted = titleWith(document.title, unread);
      if (document.title !== wanted) document.title = wanted;
    };
    const observer = new MutationObserver(set);
    observer.observe(title, { childList: true, characterData: true, subtree: true });
    set();
    return () => {
      observer.disconnect();
      document.title = titleWith(document.title, 0);
    };
  }, [unread]);
}
