import { expect, test } from 'vitest';
import { judgeRefusal } from './refusal.ts';

const answered = (response: string, command = 'RCPT TO', code = 'EENVELOPE') =>
  judgeRefusal({ code, command, responseCode: Number(response.slice(0, 3)), response });

test.each([
  // mail.ru says it when the text has come, and without a status.
  ['mail.ru', '550 Message was not accepted -- invalid mailbox.  Local mailbox spam.lover@mail.ru is unavailable: user not found', null],
  ['mail.ru', '550 Message was not accepted -- invalid mailbox.  Local mailbox anna@mail.ru is unavailable: account is disabled', null],
  ['mail.ru', '550 Message was not accepted -- invalid mailbox.  Local mailbox anna@mail.ru is unavailable: user is terminated', null],
  ['Yandex', '550 5.7.1 No such user!', '5.7.1'],
  ['Yandex', '550 5.1.1 <anna@yandex.ru>: Recipient address rejected: User unknown in virtual mailbox table', '5.1.1'],
  [
    'Gmail',
    '550-5.1.1 The email account that you tried to reach does not exist. Please try\n550-5.1.1 double-checking the address for typos or\n550 5.1.1 unnecessary spaces. https://support.google.com/mail/?p=NoSuchUser - gsmtp',
    '5.1.1',
  ],
  [
    'Gmail',
    '550-5.2.1 The email account that you tried to reach is inactive.\n550 5.2.1 https://support.google.com/mail/?p=DisabledUser',
    '5.2.1',
  ],
  ['Exchange', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', '5.1.10'],
  ['Exchange Online', '550 5.4.1 Recipient address rejected: Access denied. [DB5EUR03.prod.protection.outlook.com]', '5.4.1'],
  ['Outlook.com', '550 5.5.0 Requested action not taken: mailbox unavailable.', '5.5.0'],
  ['Postfix', '550 5.1.1 <anna@example.ru>: Recipient address rejected: User unknown in local recipient table', '5.1.1'],
  ['Postfix', '550 5.1.2 <anna@example.ru>: Recipient address rejected: Domain not found', '5.1.2'],
  ['Exim', '550 Unrouteable address', null],
  ['Exim', '550 No such user here', null],
  ['IronPort', '550 #5.1.0 Address rejected.', '5.1.0'],
  ['Yahoo', "554 delivery error: dd This user doesn't have a yahoo.com account", null],
  ['Rambler', '550 5.1.1 User unknown; see https://help.rambler.ru/mail/antispam-policy', '5.1.1'],
  ['Zimbra', '550 5.1.1 anna@example.ru: Recipient address rejected: example.ru', '5.1.1'],
  ['another', '551 User not local', null],
])('%s: nobody is there: %s', (_, response, status) => {
  expect(answered(response)).toEqual({ permanent: true, about: 'address', code: Number(response.slice(0, 3)), status });
  expect(answered(response, 'DATA', 'EMESSAGE')).toMatchObject({ permanent: true, about: 'address' });
});

test.each([
  [
    'mail.ru',
    '550 spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=abc or report details to abuse@corp.mail.ru',
  ],
  ['Yandex', '554 5.7.1 [2] Message rejected under suspicion of SPAM; https://ya.cc/1IrBc 1700000000-aBcDeF'],
  ['Gmail', '550-5.7.1 [203.0.113.7 12] Our system has detected that this message is likely\n550 5.7.1 unsolicited mail. - gsmtp'],
  ['Gmail', '550-5.7.26 This mail has been blocked because the sender is unauthenticated. - gsmtp'],
  ['Gmail', "552-5.2.2 The recipient's inbox is out of storage space. - gsmtp"],
  ['Gmail', '552-5.3.4 Your message exceeded Google’s message size limits. - gsmtp'],
  ['Exchange', '550 5.7.606 Access denied, banned sending IP [203.0.113.7]'],
  ['Exchange', '550 5.1.8 Access denied, bad outbound sender'],
  ['Exchange', '550 5.7.1 Service unavailable, Client host [203.0.113.7] blocked using Spamhaus'],
  ['Outlook.com', '550 5.7.1 Unfortunately, messages from [203.0.113.7] weren’t sent. Part of their network is on our block list (S3140).'],
  ['Postfix', '554 5.7.1 <anna@example.ru>: Relay access denied'],
  ['Dovecot', '552 5.2.2 <anna@example.ru> Quota exceeded (mailbox for user is full)'],
  ['another', '550 5.2.1 Mailbox disabled for this sender by policy'],
  ['another', '554 Transaction failed'],
  ['another', '550 5.6.0 Message content rejected'],
])('%s does not want this letter: %s', (_, response) => {
  expect(answered(response)).toMatchObject({ permanent: true, about: 'letter' });
  expect(answered(response, 'DATA', 'EMESSAGE')).toMatchObject({ permanent: true, about: 'letter' });
});

test.each([
  ['greylisting', '451 4.7.1 Greylisting in action, please come back later'],
  ['a full mailbox', '452 4.2.2 The email account that you tried to reach is over quota'],
  ['Gmail’s limit', '421 4.7.28 Our system has detected an unusual rate of unsolicited mail'],
  ['a mailbox that is busy', '450 4.2.1 The user you are trying to contact is receiving mail too quickly'],
  ['a lookup that did not work', '450 4.1.1 <anna@example.ru>: Recipient address rejected: unverified address'],
  ['a conversation gone wrong', '503 5.5.1 Bad sequence of commands'],
])('%s passes', (_, response) => {
  expect(answered(response)).toMatchObject({ permanent: false, about: 'letter' });
});

test.each([
  ['a wrong password', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 5.7.8 Authentication failed' }],
  ['nobody listens', { code: 'ECONNECTION', command: 'CONN' }],
  ['silence', { code: 'ETIMEDOUT', command: 'CONN' }],
  [
    'a sender it does not know',
    { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550, response: '550 5.7.1 Sender address rejected' },
  ],
  ['a greeting refused', { code: 'EPROTOCOL', command: 'CONN', responseCode: 554, response: '554 5.7.1 You are not allowed to connect' }],
])('%s is the school’s own trouble', (_, failure) => {
  expect(judgeRefusal(failure)).toMatchObject({ permanent: false, about: 'school' });
});

test.each([
  [
    'told before the text',
    { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 552, response: '552 5.3.4 Message size exceeds fixed limit' },
  ],
  ['known before it was asked', { code: 'EMESSAGE', command: 'MAIL FROM' }],
])('too big, %s, is about the letter', (_, failure) => {
  expect(judgeRefusal(failure)).toMatchObject({ permanent: true, about: 'letter' });
});
