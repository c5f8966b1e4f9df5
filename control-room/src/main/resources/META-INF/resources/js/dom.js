/** Builds an element. Text is always text, so nothing from the outside becomes markup. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name.startsWith('--')) element.style.setProperty(name, value);
    else if (name === 'class') element.className = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child);
  }
  return element;
}

export const $ = (id) => document.getElementById(id);

/** Sets the text only when it differs: screen readers and the layout are left in peace. */
export function setText(element, text) {
  const next = String(text);
  if (element.textContent !== next) element.textContent = next;
}

/**
 * Makes the children of a list match the items, keeping the elements of items that stay, so that
 * focus and scroll position survive.
 */
export function reconcile(list, items, keyOf, create, update) {
  const known = list.rows ?? (list.rows = new Map());
  const wanted = new Set();
  let previous = null;
  for (const item of items) {
    const key = keyOf(item);
    wanted.add(key);
    let row = known.get(key);
    if (!row) {
      row = create(item);
      known.set(key, row);
    }
    update(row, item);
    const place = previous ? previous.nextSibling : list.firstChild;
    if (place !== row) list.insertBefore(row, place);
    previous = row;
  }
  for (const [key, row] of known) {
    if (!wanted.has(key)) {
      row.remove();
      known.delete(key);
    }
  }
}

let toastTimer;
export function toast(text, tone) {
  const box = $('toast');
  box.textContent = text;
  box.dataset.tone = tone ?? '';
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 5000);
}
