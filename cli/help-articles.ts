import { CommandError, runCommand, UsageError } from './run-command.ts';

const usage = `Answers to questions about the site, for a school that has none yet.

  npm run help-articles      put them into «Поддержка»

In Russian: signing in, tasks, exams, messages, notifications, personal data; payments too, where the school takes any.
They are published at once; teachers change, hide and delete them in the office.
Exit codes: 0 put in, 1 the school has or had answers of its own (nothing was changed) or it failed, 2 wrong use.
`;

await runCommand(usage, async () => {
  const [option, ...rest] = process.argv.slice(2);
  if (option === '--help' || option === '-h' || option === 'help') {
    process.stdout.write(usage);
    return true;
  }
  if (option !== undefined || rest.length > 0) throw new UsageError('Unknown option.');
  // Loads the whole server, a second's work: not for help.
  const { openCliApp } = await import('#server/open-app.ts');
  const { loadHelpArticles } = await import('#prisma/help-articles.ts');
  const { app, close } = await openCliApp();
  try {
    const count = await loadHelpArticles(app, { kind: 'system' });
    if (count === null) throw new CommandError('The school has, or had, questions and answers of its own. Nothing was changed.');
    process.stdout.write(
      `${count} answers stand in «Поддержка». Read them in the office («Вопросы и ответы») and change what is different at your school.\n`,
    );
    return true;
  } finally {
    await close();
  }
});
