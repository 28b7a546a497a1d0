import { ru } from '../plural.ts';

export const mail = {
  code: {
    subject: (code: string) => `${code} – код для входа в «Отлично»`,
    text: (code: string, minutes: number) =>
      `Ваш код: ${code}\n\nВведите его на странице, где вы его запросили. Код действует ${minutes}\u00a0минут и подходит один раз.\n\nЕсли код запрашивали не вы, ничего делать не нужно: без него войти нельзя.\n\n«Отлично»`,
  },
  alreadyRegistered: {
    text: (code: string, minutes: number) =>
      `У вас уже есть аккаунт с этой почтой, регистрироваться ещё раз не нужно.\n\nКод для входа: ${code}\n\nОн действует ${minutes}\u00a0минут и подходит один раз.\n\n«Отлично»`,
  },
  noAccount: {
    subject: 'Вход в «Отлично»: аккаунта с этой почтой нет',
    text: (registerUrl: string) =>
      `Кто-то запросил код для входа с вашей почтой, но аккаунта с ней нет.\n\nЕсли это вы, зарегистрируйтесь или проверьте, с какой почтой вы регистрировались: ${registerUrl}\n\nЕсли не вы, ничего делать не нужно.\n\n«Отлично»`,
  },
  moderator: {
    subject: 'Вход в «Отлично» для преподавателей',
    text: (loginUrl: string) =>
      `Кто-то запросил код для входа с вашей почтой. Преподаватели входят по паролю: ${loginUrl}\n\nЕсли это были не вы, ничего делать не нужно.\n\n«Отлично»`,
  },
  work: {
    accepted: (points: number, of: number) => `Работа проверена: ${ru(points, '# балл', '# балла', '# баллов')} из ${of}`,
    acceptedText: (points: number, of: number, { task, topic, url }: { task: string; topic: string; url: string }) =>
      `Преподаватель проверил вашу работу по заданию «${task}» (тема «${topic}»): ${ru(points, '# балл', '# балла', '# баллов')} из ${of}.\n\nБаллы по критериям и замечания: ${url}\n\n«Отлично»`,
    examText: (points: number, of: number, { task, exam, url }: { task: string; exam: string; url: string }) =>
      `Преподаватель проверил ваш развёрнутый ответ в экзамене «${exam}», задание «${task}»: ${ru(points, '# балл', '# балла', '# баллов')} из ${of}.\n\nРезультат экзамена: ${url}\n\n«Отлично»`,
    returned: 'Работа возвращена на доработку',
    returnedText: ({ task, topic, url }: { task: string; topic: string; url: string }) =>
      `Преподаватель посмотрел вашу работу по заданию «${task}» (тема «${topic}») и просит её доработать.\n\nЗамечания и место для новой работы: ${url}\n\n«Отлично»`,
  },
  keyFix: {
    subject: (points: number) => `Мы исправили ключ: у вас на ${ru(points, '# балл', '# балла', '# баллов')} больше`,
    text: (task: string, before: number, after: number, url: string) =>
      `В задании «${task}» был неверный ключ. Мы исправили его и проверили ответы заново.\n\nБыло: ${ru(before, '# балл', '# балла', '# баллов')}. Стало: ${ru(after, '# балл', '# балла', '# баллов')}.\n\nЗадание и ваши ответы: ${url}\n\n«Отлично»`,
  },
};
