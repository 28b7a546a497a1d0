import { createHash } from 'node:crypto';
import { plainFileLimit } from '#shared/upload-rules.ts';
import { fileTypeOf } from '../file-types.ts';
import type { QuestionFile } from './question.ts';
import type { XmlElement } from './xml-tree.ts';

/** What holds texts with pictures, and answers with texts. */
const holders = ['questiontext', 'generalfeedback', 'hint', 'answer', 'subquestion'];

/** Finds the pictures that came with a question: `@@PLUGINFILE@@/name.png` and `data:image/png;base64,…`. */
export function pictureReader(question: XmlElement): (address: string) => QuestionFile | null {
  const files = new Map(
    holders
      .flatMap((holder) => question.all(holder))
      .flatMap((element) => element.all('file'))
      .map((file) => [file.attribute('name'), file]),
  );
  return (address) => {
    const inline = /^data:image\/([a-z+]+);base64,(.+)$/is.exec(address);
    if (inline) return pictureOf(Buffer.from(inline[2] ?? '', 'base64'), (inline[1] ?? '').toLowerCase().replace('+xml', ''));
    const name = /^@@PLUGINFILE@@\/(?:.*\/)?([^/?#]+)/.exec(address)?.[1];
    const file = name === undefined ? undefined : (files.get(name) ?? files.get(unescaped(name)));
    if (file?.attribute('encoding') !== 'base64') return null;
    return pictureOf(Buffer.from(file.text, 'base64'), /\.([a-z]+)$/i.exec(file.attribute('name'))?.[1]?.toLowerCase() ?? '');
  };
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Named by its bytes, so that one picture of many questions is one file. */
function pictureOf(bytes: Buffer, extension: string): QuestionFile | null {
  if (bytes.length > plainFileLimit) return null;
  const name = `picture-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.${extension}`;
  const typed = fileTypeOf(name, bytes);
  return typed.ok && typed.type.width !== null ? { name, bytes, ...typed.type } : null;
}
