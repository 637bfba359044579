// The service worker: keeps the files of one version of the client, so that a lazy part of an open page is there after
// the hub was upgraded, and so that the page opens while the hub is away. Nothing that people wrote ever passes here:
// what is not listed goes to the network, and answers are never kept. tools/finish.mjs puts in front
//   const release = { name: 'splot-…', page: '/index.html', files: ['/assets/…', …] }

/* global release */
const known = new Set(release.files)

self.addEventListener('install', (event) => {
  const files = [release.page, ...release.files]
  event.waitUntil(caches.open(release.name).then((cache) => cache.addAll(files)))
})

self.addEventListener('activate', (event) => {
  const dropOthers = async () => {
    const names = await caches.keys()
    await Promise.all(names.filter((name) => name !== release.name).map((name) => caches.delete(name)))
  }
  event.waitUntil(dropOthers())
})

self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting()
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== location.origin) return
  if (known.has(address.pathname)) event.respondWith(fromCache(request))
  else if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => fromCache(release.page)))
})

async function fromCache(request) {
  const cache = await caches.open(release.name)
  return (await cache.match(request)) ?? fetch(request)
}
