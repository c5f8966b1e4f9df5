/** Keeps the page itself, so that it opens in a tunnel. What the server says (/v1) is never kept. */
const SHELL = 'shanpai-rider';
const FILES = ['index.html', 'rider.css', 'parts.css', 'icon.svg', 'manifest.webmanifest', 'main.js', 'page.js', 'words.js', 'codes.js', 'session.js', 'queue.js', 'photos.js', 'stream.js', 'state.js', 'positions.js', 'riding.js', 'map.js', 'shift.js', 'offers.js', 'task.js', 'steps.js', 'hall.js', 'score.js', 'appeals.js', 'money.js', 'more.js', 'campaigns.js', 'blocks.js'];

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith('shanpai-rider') && name !== SHELL).map((name) => caches.delete(name)))).then(() => self.clients.claim()));
});

/** The network first: a phone with a line always runs the newest page. */
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith('/rider/')) return;
  event.respondWith((async () => {
    const cache = await caches.open(SHELL);
    try {
      const answer = await fetch(event.request);
      if (answer.ok) await cache.put(url.pathname, answer.clone());
      return answer;
    } catch (away) {
      const kept = await cache.match(url.pathname, { ignoreSearch: true });
      if (kept) return kept;
      throw away;
    }
  })());
});
