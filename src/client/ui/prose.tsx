import 'katex/dist/katex.min.css';
import { PlainProse, type ProseProps } from './plain-prose.tsx';

/** Server-rendered Markdown that may have formulas: their styles are as large as a page. */
export function Prose(props: ProseProps) {
  return <PlainProse {...props} />;
}
