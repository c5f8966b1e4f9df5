/**
 * Web Mercator pixels of zoom 16, counted from a place in the city: small numbers that keep their
 * precision in a canvas, turned into screen pixels by one scale and one shift.
 */
const SIZE = 256 * 2 ** 16;
let origin = null;

const worldX = (lon) => ((lon + 180) / 360) * SIZE;
function worldY(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * SIZE;
}

export function project(lat, lon) {
  if (!origin) origin = { x: worldX(lon), y: worldY(lat) };
  return { x: worldX(lon) - origin.x, y: worldY(lat) - origin.y };
}

/** How to come from projected places to pixels of the map's box at its present zoom. */
export function view(map) {
  const scale = 2 ** (map.getZoom() - 16);
  const corner = map.getPixelBounds().min;
  const base = origin ?? { x: 0, y: 0 };
  return { scale, x: base.x * scale - corner.x, y: base.y * scale - corner.y, zoom: map.getZoom() };
}
