/** The most used passwords of at least ten characters, international and Russian. What repeats or runs along is found by rule. */
const common = new Set([
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'qwerty1234',
  'qwerty12345',
  'qwerty123456',
  'q1w2e3r4t5',
  'q1w2e3r4t5y6',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  'qazwsxedcrfv',
  '1qaz2wsx3edc',
  'zaq12wsxcde3',
  'asdfgh12345',
  'admin12345',
  'administrator',
  'admin123456',
  'moderator1',
  'moderator123',
  'teacher123',
  'letmein123',
  'welcome123',
  'iloveyou123',
  'changeme123',
  'trustno1trustno1',
  'йцукен12345',
  'йцукен123456',
  'пароль1234',
  'пароль12345',
  'пароль123456',
  'учитель123',
  'модератор1',
  'модератор123',
  'отлично123',
  'отлично12345',
  'otlichno12',
  'otlichno123',
  'otlichno1234',
]);

/** What a finger runs along: the rows of both keyboards, the digits, the alphabets. */
const runs = [
  '12345678901234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  'йцукенгшщзхъфывапролджэячсмитьбю',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
];

/** @param password normalised */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase();
  const backwards = [...plain].reverse().join('');
  return common.has(plain) || /^(.{1,4}?)\1+$/u.test(plain) || runs.some((run) => run.includes(plain) || run.includes(backwards));
}
