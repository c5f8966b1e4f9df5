/** The city's clock as the server tells it, running on between two tellings. */
let anchorCity = Date.now();
let anchorPage = performance.now();
let speed = 1;
let zone = 'Asia/Shanghai';
let timeFormat;
let dateFormat;

export function setClock(city) {
  const told = Date.parse(city.now);
  const shown = now();
  speed = city.speed;
  if (city.zone !== zone || !timeFormat) {
    zone = city.zone;
    timeFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
    dateFormat = { zh: new Intl.DateTimeFormat('zh-CN', { timeZone: zone, month: 'long', day: 'numeric', weekday: 'short' }), en: new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }) };
  }
  // A network hiccup makes a telling late; the shown clock never runs back for that.
  const behind = shown - told;
  anchorCity = behind > 0 && behind < 3000 * speed ? shown : told;
  anchorPage = performance.now();
}

export const now = () => anchorCity + (performance.now() - anchorPage) * speed;
export const citySpeed = () => speed;
export const time = (millis) => (timeFormat ? timeFormat.format(millis) : '--:--:--');
export const hm = (iso) => (iso ? time(Date.parse(iso)).slice(0, 5) : '');
export const hms = (iso) => (iso ? time(Date.parse(iso)) : '');
export const date = (millis, lang) => (dateFormat ? dateFormat[lang].format(millis) : '');
