import { describe, expect, test } from 'vitest';
import { ownVideoName, videoFrameSources, videoOf } from './videos.ts';

const id = 'dQw4w9WgXcQ';
const hex = '0123456789abcdef0123456789abcdef';

describe('YouTube', () => {
  test.each([
    `https://www.youtube.com/watch?v=${id}`,
    `https://youtube.com/watch?v=${id}&t=90s&list=PL1`,
    `http://m.youtube.com/watch/?feature=share&v=${id}`,
    `https://youtu.be/${id}?si=abc`,
    `https://www.youtube.com/shorts/${id}`,
    `https://www.youtube.com/live/${id}?x=1`,
    `https://www.youtube.com/embed/${id}`,
    `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`,
    `  https://youtu.be/${id}\n`,
  ])('%s', (typed) => {
    const embedUrl = `https://www.youtube-nocookie.com/embed/${id}`;
    expect(videoOf(typed)).toEqual({ host: 'youtube', embedUrl, url: `https://www.youtube.com/watch?v=${id}` });
  });
});

describe('RuTube', () => {
  test.each([
    [`https://rutube.ru/video/${hex}/`, `play/embed/${hex}`, `video/${hex}/`],
    [`https://rutube.ru/video/${hex}?r=wd`, `play/embed/${hex}`, `video/${hex}/`],
    [`https://www.rutube.ru/shorts/${hex}/`, `play/embed/${hex}`, `video/${hex}/`],
    [`https://rutube.ru/play/embed/${hex}`, `play/embed/${hex}`, `video/${hex}/`],
    [
      `https://rutube.ru/video/private/${hex}/?p=jlnIpPI_ZoCOYA-WSfFC4A&playlist=1`,
      `play/embed/${hex}?p=jlnIpPI_ZoCOYA-WSfFC4A`,
      `video/private/${hex}/?p=jlnIpPI_ZoCOYA-WSfFC4A`,
    ],
  ])('%s', (typed, embed, page) => {
    expect(videoOf(typed)).toEqual({ host: 'rutube', embedUrl: `https://rutube.ru/${embed}`, url: `https://rutube.ru/${page}` });
  });
});

describe('VK Video', () => {
  test.each([
    ['https://vkvideo.ru/video-123_456', '-123', ''],
    ['https://vk.com/video-123_456?list=abc', '-123', ''],
    ['https://vk.ru/video77_456', '77', ''],
    ['https://m.vk.com/video-123_456', '-123', ''],
    ['https://vkvideo.ru/playlist/-123_-2/video-123_456', '-123', ''],
    ['https://vk.com/videos-123?z=video-123_456%2Fpl_-123_-2', '-123', ''],
    ['https://vk.com/clip-123_456', '-123', ''],
    ['https://vk.com/video_ext.php?oid=-123&id=456&hd=2&autoplay=1', '-123', ''],
    ['https://vkvideo.ru/video_ext.php?oid=-123&id=456&hash=29858da5c14db148', '-123', '&hash=29858da5c14db148'],
  ])('%s', (typed, owner, hash) => {
    const embedUrl = `https://vkvideo.ru/video_ext.php?oid=${owner}&id=456&hd=2${hash}`;
    expect(videoOf(typed)).toEqual({ host: 'vk', embedUrl, url: `https://vkvideo.ru/video${owner}_456` });
  });
});

test.each([
  '',
  'video',
  id,
  `https://vimeo.com/76979871`,
  `https://youtube.com.evil.example/watch?v=${id}`,
  `https://evil.example/youtube.com/watch?v=${id}`,
  `https://youtube.com@evil.example/watch?v=${id}`,
  `https://user@youtube.com/watch?v=${id}`,
  `https://youtube.com:8443/watch?v=${id}`,
  `ftp://youtube.com/watch?v=${id}`,
  `javascript://youtube.com/watch?v=${id}`,
  `//youtube.com/watch?v=${id}`,
  'https://www.youtube.com/watch?v=short',
  `https://www.youtube.com/watch?v=${id}x`,
  'https://www.youtube.com/watch?v="><script>',
  `https://www.youtube.com/redirect?q=https://evil.example&v=${id}`,
  `https://www.youtube.com/embed/${id}/../x`,
  'https://www.youtube.com/@channel',
  'https://youtu.be/',
  'https://rutube.ru/video/123/',
  `https://rutube.ru/video/${hex}0/`,
  `https://rutube.ru/video/${hex}/?p=a"b`,
  `https://rutube.ru/feeds/${hex}`,
  'https://vk.com/video-123',
  'https://vk.com/wall-123_456',
  'https://vk.com/away.php?to=https://evil.example&z=x',
  'https://vk.com/video_ext.php?oid=-123&id=4"56',
  'https://vk.com/video_ext.php?oid=-123',
  'https://vk.com/video-123_456?hash=<script>',
  `https://vk.com/video-${'1'.repeat(20)}_1`,
])('%j is no video', (typed) => {
  expect(videoOf(typed)).toBeNull();
});

test('the frames come from the addresses that the policy allows', () => {
  const frames = [`https://youtu.be/${id}`, `https://rutube.ru/video/${hex}/`, 'https://vk.com/video1_2'].map(
    (url) => videoOf(url)?.embedUrl ?? '',
  );
  expect(frames.map((url) => new URL(url).origin)).toEqual(videoFrameSources);
});

describe('a file of the topic', () => {
  test.each(['razbor.mp4', 'a-1_2.webm', 'R.MOV', 'x.y.m4v'])('files/%s', (name) => {
    expect(ownVideoName(`files/${name}`)).toBe(name);
    expect(videoOf(`files/${name}`)).toBeNull();
  });

  test.each([
    ...[
      'files/a.png',
      'files/../a.mp4',
      'files/a/b.mp4',
      'files/.mp4',
      '/files/a.mp4',
      'files/разбор.mp4',
      'files/a.mp4?x=1',
      'files/a b.mp4',
    ],
    ...[`files/${'a'.repeat(97)}.mp4`, 'https://youtu.be/dQw4w9WgXcQ', ''],
  ])('not «%s»', (typed) => {
    expect(ownVideoName(typed)).toBeNull();
  });
});
