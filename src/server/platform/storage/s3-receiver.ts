import { DeleteObjectCommand, type S3ClientConfig } from '@aws-sdk/client-s3';
import { S3Store } from '@tus/s3-store';
import type { DataStore } from '@tus/server';

/** tus over a bucket: pieces become parts of one multipart upload, and what is too small for a part waits as `<key>.part`. */
class PlainS3Store extends S3Store {
  /** The library deletes several at once, with a checksum that stores other than Amazon's refuse. */
  override async remove(id: string): Promise<void> {
    const upload = await this.getMetadata(id).catch(() => null);
    if (upload) {
      const { 'upload-id': UploadId } = upload;
      // Gone when it is whole already.
      await this.client.abortMultipartUpload({ Bucket: this.bucket, Key: id, UploadId }).catch(() => {});
    }
    for (const Key of [id, this.infoKey(id), this.partKey(id, true)])
      await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key }));
    await this.clearCache(id);
  }
}

export function s3Receiver(from: { options: S3ClientConfig; bucket: string; partBytes: number }): DataStore {
  return new PlainS3Store({
    partSize: from.partBytes,
    useTags: false,
    // Each waits in a temporary file until it is sent.
    maxConcurrentPartUploads: 4,
    s3ClientConfig: { ...from.options, bucket: from.bucket },
  });
}
