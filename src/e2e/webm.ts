import sharp from 'sharp';

/**
 * A WebM video that browsers play and seek in, made without a video encoder: a lossy WebP picture is one key frame of VP8, and the container around
 * the frames is small. One frame a second, each in a cluster of its own with an entry in the index, so that seeking asks for its bytes alone.
 */
export async function aWebm({ seconds, bytes }: { seconds: number; bytes: number }): Promise<Buffer> {
  const frames = await Promise.all(Array.from({ length: seconds }, (_, at) => keyFrame(at / seconds)));
  const filling = Math.max(0, Math.floor((bytes - frames.reduce((sum, frame) => sum + frame.length, 0)) / seconds) - 40);
  const clusters = frames.map((frame, at) => cluster(at * 1000, frame, filling));
  const before = Buffer.concat([info(seconds), tracks]);
  // The index stands before what it points at; its numbers have a fixed width, so its own length is known.
  const indexLength = cues(clusters, 0).length;
  const segment = Buffer.concat([before, cues(clusters, before.length + indexLength), ...clusters]);
  return Buffer.concat([header, element(0x18538067, segment)]);
}

const width = 320;
const height = 180;

async function keyFrame(part: number): Promise<Buffer> {
  const shade = Math.round(part * 255);
  const background = { r: shade, g: 255 - shade, b: 90 };
  const webp = await sharp({ create: { width, height, channels: 3, background } })
    .webp({ quality: 60 })
    .toBuffer();
  if (webp.toString('latin1', 12, 16) !== 'VP8 ') throw new Error('the picture is no plain lossy WebP');
  return webp.subarray(20, 20 + webp.readUInt32LE(16));
}

function element(id: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const name = Buffer.from(id.toString(16).padStart(id > 0xffffff ? 8 : id > 0xffff ? 6 : id > 0xff ? 4 : 2, '0'), 'hex');
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(body.length));
  // The marker of a length written in eight bytes.
  length[0] = 0x01;
  return Buffer.concat([name, length, body]);
}

function uint(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return element(id, bytes);
}

const text = (id: number, value: string) => element(id, Buffer.from(value));

const header = element(
  0x1a45dfa3,
  uint(0x4286, 1),
  uint(0x42f7, 1),
  uint(0x42f2, 4),
  uint(0x42f3, 8),
  text(0x4282, 'webm'),
  uint(0x4287, 2),
  uint(0x4285, 2),
);

function info(seconds: number): Buffer {
  const duration = Buffer.alloc(8);
  duration.writeDoubleBE(seconds * 1000);
  return element(0x1549a966, uint(0x2ad7b1, 1_000_000), element(0x4489, duration), text(0x4d80, 'otlichno'), text(0x5741, 'otlichno'));
}

const picture = element(0xe0, uint(0xb0, width), uint(0xba, height));
const tracks = element(0x1654ae6b, element(0xae, uint(0xd7, 1), uint(0x73c5, 1), uint(0x83, 1), text(0x86, 'V_VP8'), picture));

function cluster(at: number, frame: Buffer, filling: number): Buffer {
  // Track 1, no time of its own, a key frame.
  const block = element(0xa3, Buffer.from([0x81, 0, 0, 0x80]), frame);
  const padding = element(0xec, Buffer.alloc(filling, at % 251));
  return element(0x1f43b675, uint(0xe7, at), block, padding);
}

function cues(clusters: Buffer[], firstAt: number): Buffer {
  let position = firstAt;
  const points = clusters.map((one, second) => {
    const point = element(0xbb, uint(0xb3, second * 1000), element(0xb7, uint(0xf7, 1), uint(0xf1, position)));
    position += one.length;
    return point;
  });
  return element(0x1c53bb6b, ...points);
}
