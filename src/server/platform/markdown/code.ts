import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import cpp from 'highlight.js/lib/languages/cpp';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import plaintext from 'highlight.js/lib/languages/plaintext';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';

const languages = { bash, cpp, java, javascript, json, plaintext, python, sql, typescript, xml };

const highlighter = hljs.newInstance();
for (const [name, language] of Object.entries(languages)) highlighter.registerLanguage(name, language);

const longestCode = 30_000;

/** The code as escaped HTML with `hljs-…` spans; null where the language is unknown or the code too long to be worth it. */
export function highlightCode(code: string, language: string): string | null {
  if (code.length > longestCode || !highlighter.getLanguage(language)) return null;
  return highlighter.highlight(code, { language, ignoreIllegals: true }).value;
}
