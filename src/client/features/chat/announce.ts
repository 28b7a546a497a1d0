/** What comes within this time is told together. */
const burstMs = 1000;
const longest = 200;

interface Heard {
  author: string;
  text: string;
}

interface Words {
  one: (author: string, text: string) => string;
  many: (n: number) => string;
}

/** One message is read out with its author, a burst only counted: whoever listens is not talked down. */
export function createAnnouncer(words: Words, say: (line: string) => void) {
  let heard: Heard[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    const [first] = heard;
    if (first) say(heard.length === 1 ? words.one(first.author, shortened(first.text)) : words.many(heard.length));
    heard = [];
  }

  return {
    hear(author: string, text: string): void {
      heard.push({ author, text });
      timer ??= setTimeout(tell, burstMs);
    },
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
      heard = [];
    },
  };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const signs = [...line];
  return signs.length > longest ? `${signs.slice(0, longest).join('')}…` : line;
}
