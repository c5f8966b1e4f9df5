/** Pictures on this phone until they are handed in; made small enough to go through a thin line. */
const NAME = 'shanpai-rider';
const LONGEST = 1280;
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('photos');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => { opened = null; reject(asked.error); };
  });
  return opened;
}

async function within(mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const change = base.transaction('photos', mode);
    const asked = work(change.objectStore('photos'));
    change.oncomplete = () => resolve(asked.result);
    change.onerror = () => reject(change.error);
  });
}

export const keepPhoto = (id, blob) => within('readwrite', (photos) => photos.put(blob, id));
export const readPhoto = (id) => within('readonly', (photos) => photos.get(id));
export const dropPhoto = (id) => within('readwrite', (photos) => photos.delete(id)).catch(() => {});
export const dropPhotos = () => within('readwrite', (photos) => photos.clear()).catch(() => {});

/** A JPEG of at most 1280 pixels a side; drawing it anew leaves out what the camera noted. */
export async function shrink(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.82); });
  if (!blob) throw new Error('no picture');
  return blob;
}
