/** Colours and shapes of the map, the same as in the style sheet. */
export const colours = {
  rider: { OFFLINE: '#5b6b7a', IDLE: '#9fb3c8', TO_STORE: '#58a6ff', WAITING: '#c9a2ff', CARRYING: '#4ade9c', SILENT: '#8794a1' },
  urgency: { track: '#5fd3c4', soon: '#ffb84d', late: '#ff6b78' },
  store: '#f2d9a0', storeClosed: '#5b6b7a', street: '#25394c', mainStreet: '#2f4a63', streetCase: '#15212c',
  area: '#5f86ad', ground: '#0b131b', text: '#e8eff5', muted: '#9db0c2',
  zone: { NO_GO: '#ff6b78', SLOW: '#ffb84d' }, trust: '#ffd166',
  // Missed demand, few to many, each lighter than the one before; and cells where all was served.
  missed: ['#6a2a6b', '#a1306f', '#d64560', '#f5824a', '#ffd05c'], served: '#3f7ea6', place: '#7cf5d5',
  weather: { YELLOW: '#ffe08a', ORANGE: '#ffb84d', RED: '#ff6b78' },
};

export const termColours = { lateness: '#ff6b78', travel: '#58a6ff', waiting: '#c9a2ff', carry: '#4ade9c', equity: '#ffd166', level: '#8fa3b7', disturbance: '#ff9e64' };
export const legColours = { ACCEPT: '#8fa3b7', ARRIVE_STORE: '#58a6ff', PICK_UP: '#c9a2ff', ARRIVE_CUSTOMER: '#4ade9c', DELIVER: '#ffd166' };

const sprites = new Map();

function sprite(key, size, draw) {
  const ratio = window.devicePixelRatio || 1;
  const name = `${key}@${ratio}`;
  let found = sprites.get(name);
  if (!found) {
    found = document.createElement('canvas');
    found.width = found.height = Math.ceil(size * ratio);
    const pen = found.getContext('2d');
    pen.scale(ratio, ratio);
    pen.translate(size / 2, size / 2);
    draw(pen);
    found.size = size;
    sprites.set(name, found);
  }
  return found;
}

export function riderSprite(state, radius, heading) {
  const turned = heading === null || heading === undefined ? -1 : Math.round((heading / (2 * Math.PI)) * 24 + 24) % 24;
  return sprite(`r/${state}/${radius}/${turned}`, radius * 4 + 6, (pen) => {
    const colour = colours.rider[state];
    const lost = state === 'SILENT' || state === 'OFFLINE';
    pen.beginPath();
    if (turned >= 0 && !lost) {
      // A drop whose tip points where the rider is heading.
      pen.rotate((turned / 24) * 2 * Math.PI);
      pen.moveTo(0, -radius - 5);
      pen.arc(0, 0, radius, -Math.PI / 2 + 0.8, -Math.PI / 2 - 0.8);
      pen.closePath();
    } else {
      pen.arc(0, 0, radius, 0, 2 * Math.PI);
    }
    pen.lineWidth = 2;
    pen.lineJoin = 'round';
    if (lost) {
      pen.fillStyle = '#131d27';
      pen.setLineDash([3, 2]);
      pen.strokeStyle = colour;
      pen.fill();
      pen.stroke();
    } else {
      pen.strokeStyle = '#071019';
      pen.stroke();
      pen.fillStyle = colour;
      pen.fill();
    }
  });
}

export function jobSprite(urgency, radius) {
  return sprite(`j/${urgency}/${radius}`, radius * 4 + 4, (pen) => {
    const colour = colours.urgency[urgency];
    const diamond = (r) => {
      pen.beginPath();
      pen.moveTo(0, -r); pen.lineTo(r, 0); pen.lineTo(0, r); pen.lineTo(-r, 0);
      pen.closePath();
    };
    diamond(radius + 1.5);
    pen.fillStyle = '#071019';
    pen.fill();
    diamond(radius);
    if (urgency === 'track') {
      pen.lineWidth = 1.7;
      pen.strokeStyle = colour;
      diamond(radius - 0.6);
      pen.stroke();
    } else {
      pen.fillStyle = colour;
      pen.fill();
      if (urgency === 'late') {
        diamond(radius + 4.5);
        pen.lineWidth = 1.6;
        pen.strokeStyle = colour;
        pen.stroke();
      }
    }
  });
}

export function storeSprite(open, radius) {
  return sprite(`s/${open}/${radius}`, radius * 2 + 6, (pen) => {
    pen.beginPath();
    pen.roundRect(-radius, -radius, radius * 2, radius * 2, radius * 0.5);
    pen.fillStyle = open ? '#2b2618' : '#131c25';
    pen.fill();
    pen.lineWidth = 1.6;
    pen.strokeStyle = open ? colours.store : colours.storeClosed;
    pen.stroke();
  });
}
