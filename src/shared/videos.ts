export interface Video {
  host: 'youtube' | 'rutube' | 'vk';
  /** Address of the player's frame, of one of `videoFrameSources`. */
  embedUrl: string;
  /** The video's own page at its host. */
  url: string;
}

/**
 * The name in `files/<name>`, which stands in place of an address where the video is a file of its topic; null for every other text. Whether there
 * is such a file is for the caller to see.
 */
export function ownVideoName(typed: string): string | null {
  return /^files\/([A-Za-z0-9_][A-Za-z0-9_.-]{0,95}\.(?:mp4|m4v|webm|mov))$/i.exec(typed)?.[1] ?? null;
}

/** What a content security policy has to allow in `frame-src` for the players. */
export const videoFrameSources = ['https://www.youtube-nocookie.com', 'https://rutube.ru', 'https://vkvideo.ru'];

/**
 * The player of an address at YouTube, RuTube or VK Video; null for every other address. Both addresses are put together from ids that fit their
 * pattern: nothing else of what was typed gets into a frame.
 */
export function videoOf(typed: string): Video | null {
  const url = URL.parse(typed.trim());
  // Credentials and ports do not stand in addresses that people copy, but do in those made to deceive.
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.port !== '') return null;
  switch (url.hostname.replace(/^(www|m)\./, '')) {
    case 'youtube.com':
    case 'youtube-nocookie.com':
      return youtube(
        /^\/watch\/?$/.test(url.pathname) ? url.searchParams.get('v') : partOf(url, /^\/(?:embed|shorts|live|v)\/([^/]+)\/?$/),
      );
    case 'youtu.be':
      return youtube(partOf(url, /^\/([^/]+)\/?$/));
    case 'rutube.ru':
      return rutube(url);
    case 'vk.com':
    case 'vk.ru':
    case 'vkvideo.ru':
      return vk(url);
    default:
      return null;
  }
}

function youtube(id: string | null): Video | null {
  if (id === null || !/^[\w-]{11}$/.test(id)) return null;
  return { host: 'youtube', embedUrl: `https://www.youtube-nocookie.com/embed/${id}`, url: `https://www.youtube.com/watch?v=${id}` };
}

function rutube(url: URL): Video | null {
  const path = /^\/(?:video|video\/private|shorts|play\/embed)\/([0-9a-f]{32})\/?$/.exec(url.pathname);
  const id = path?.[1];
  if (id === undefined) return null;
  // The key of a video that is open by its link only.
  const key = url.searchParams.get('p');
  if (key === null) return { host: 'rutube', embedUrl: `https://rutube.ru/play/embed/${id}`, url: `https://rutube.ru/video/${id}/` };
  if (!/^[\w-]{8,64}$/.test(key)) return null;
  return {
    host: 'rutube',
    embedUrl: `https://rutube.ru/play/embed/${id}?p=${key}`,
    url: `https://rutube.ru/video/private/${id}/?p=${key}`,
  };
}

function vk(url: URL): Video | null {
  const query = url.searchParams;
  // «…?z=video-1_2%2Fpl_-1» is a video opened over another page.
  const ids =
    url.pathname === '/video_ext.php'
      ? [query.get('oid'), query.get('id')]
      : (
          /^(?:\/playlist\/-?\d+_-?\d+)?\/(?:video|clip)(-?\d+)_(\d+)\/?$/.exec(url.pathname) ??
          /^(?:video|clip)(-?\d+)_(\d+)(?:\/|$)/.exec(query.get('z') ?? '')
        )?.slice(1);
  const [owner, id] = ids ?? [];
  if (!owner || !id || !/^-?[1-9]\d{0,14}$/.test(owner) || !/^[1-9]\d{0,14}$/.test(id)) return null;
  const hash = query.get('hash');
  if (hash !== null && !/^[0-9a-f]{8,40}$/.test(hash)) return null;
  const key = hash === null ? '' : `&hash=${hash}`;
  return {
    host: 'vk',
    embedUrl: `https://vkvideo.ru/video_ext.php?oid=${owner}&id=${id}&hd=2${key}`,
    url: `https://vkvideo.ru/video${owner}_${id}`,
  };
}

function partOf(url: URL, path: RegExp): string | null {
  return path.exec(url.pathname)?.[1] ?? null;
}
