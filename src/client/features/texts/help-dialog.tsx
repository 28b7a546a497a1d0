import { useOfficeText } from '#client/lib/office-text.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { answerKinds, keysOfKind } from '#shared/task-keys.ts';
import classes from './text-editor.module.css';

const mod = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { help, keys } = useOfficeText().editor;
  const marks: [string, string][] = [
    [help.heading, '## …'],
    [help.bold, '**…**'],
    [help.list, '- …'],
    [help.formula, '$x^2$   $$x^2$$'],
    [help.picture, '![…](files/graph.svg)'],
    [help.link, '[…](https://…)'],
    [help.table, '| … | … |\n|---|---|\n| … | … |'],
    [help.code, '```python\n…\n```'],
    [help.remark, '> …'],
    [help.sections, '# Подсказка\n# Решение'],
  ];
  const shortcuts: [string, string][] = [
    [help.keySave, `${mod} S`],
    [help.keyPublish, `${mod} Enter`],
    [help.keyNext, 'F8'],
    [help.keyFind, `${mod} F`],
    [help.keyComplete, 'Ctrl Space'],
    [help.keyIndent, `${mod} ]   ${mod} [`],
    [help.keyLeave, 'Tab'],
  ];
  return (
    <Dialog title={help.title} onClose={onClose}>
      <div className={classes.help}>
        <h3>{help.header}</h3>
        <p>{help.headerText}</p>
        <pre>{'---\ntitle: …\nkind: number\nkey: 12,5\npoints: 1\n---'}</pre>
        <h3>{help.kinds}</h3>
        <dl>
          {answerKinds.map((kind) => (
            <div key={kind}>
              <dt>
                <code>{kind}</code>
              </dt>
              <dd>
                {help.kindWords[kind]}
                {keysOfKind[kind].map((key) => (
                  <span key={key}>
                    {' · '}
                    <code>{key}</code> {keyWords(keys, key)}
                  </span>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <h3>{help.marks}</h3>
        <List of={marks} />
        <h3>{help.keyboard}</h3>
        <List of={shortcuts} />
      </div>
    </Dialog>
  );
}

function keyWords(words: Readonly<Record<string, string>>, key: string): string {
  return words[key] ?? '';
}

function List({ of }: { of: [string, string][] }) {
  return (
    <dl>
      {of.map(([what, how]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            <code>{how}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
