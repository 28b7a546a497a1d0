/** Web storage that may be full, forbidden or absent: then nothing is remembered and nothing breaks. */
function storageOf(kind: 'localStorage' | 'sessionStorage') {
  return {
    read(key: string): string | null {
      try {
        return window[kind].getItem(`otlichno.${key}`);
      } catch {
        return null;
      }
    },
    write(key: string, value: string | null): void {
      try {
        if (value === null) window[kind].removeItem(`otlichno.${key}`);
        else window[kind].setItem(`otlichno.${key}`, value);
      } catch {}
    },
  };
}

/** Stays on this device. */
export const deviceMemory = storageOf('localStorage');
/** Survives a reload of this tab and nothing else. */
export const tabMemory = storageOf('sessionStorage');
