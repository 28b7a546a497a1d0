import type { ErrorCode, FieldIssueCode } from '../../errors.ts';

export const errors = {
  byCode: {
    AUTH_SESSION_REQUIRED: 'Вход истёк. Пришлём новый код, текст на странице останется.',
    AUTH_FORBIDDEN: 'Эта страница открыта только преподавателям.',
    AUTH_BAD_ORIGIN: 'Запрос пришёл с чужой страницы. Обновите эту и повторите.',
    AUTH_RATE_LIMITED: 'Слишком много попыток. Повторите чуть позже.',
    COURSES_NOT_FOUND: 'Такого курса нет.',
    COURSES_NO_ACCESS: 'Этот курс вам пока не открыт.',
    TOPICS_NOT_FOUND: 'Такой темы нет.',
    TOPICS_NOT_OPEN: 'Эта тема ещё не открыта.',
    TASKS_NOT_FOUND: 'Такого задания нет.',
    TASKS_SOLUTION_CLOSED: 'Решение ещё не открыто.',
    TASKS_CLIENT_ID_REUSED: 'Этот ответ уже отправлен с другим текстом. Отправьте его ещё раз.',
    FILES_NOT_FOUND: 'Такого файла нет.',
    INPUT_INVALID: 'Проверьте, что введено.',
    NOT_FOUND: 'Такой страницы нет.',
    UNEXPECTED: 'Ошибка на нашей стороне. Повторите попытку.',
  } satisfies Record<ErrorCode, string>,
  field: {
    required: 'Заполните это поле',
    'too-long': 'Слишком длинно',
    invalid: 'Так записать нельзя',
    'email-invalid': 'Проверьте адрес: он пишется как name@example.ru',
    'email-mixed-script': 'В адресе есть нелатинские буквы. Проверьте раскладку клавиатуры',
    'name-invalid': 'Только буквы, дефис, апостроф и точка',
    'phone-invalid': 'Такого номера не бывает. Пример: +7 900 000-00-00',
    'consent-required': 'Без согласия аккаунт не создать. Прочитайте текст и поставьте отметку.',
    'consent-outdated': 'Текст согласия обновился. Прочитайте его и поставьте отметку ещё раз.',
  } satisfies Record<FieldIssueCode, string>,
};
