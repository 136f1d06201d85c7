// Draws the list of segments, and names and colours what it shows.

const PALETTE = ['#d55e00', '#0072b2', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8a6fdf', '#7f8c3b', '#b5485d', '#4a8f8f', '#9c755f', '#6b7a8f'];
const DIGITS = 2;

let labels = [];

export function setLabels(all) {
  labels = all;
}

/** The colour of a label, the same in all places. */
export function colour(label) {
  const index = labels.indexOf(label);
  return PALETTE[(index < 0 ? labels.length : index) % PALETTE.length];
}

export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** Seconds as minutes or hours. */
export function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  const s = (tenths % 600) / 10;
  const minutes = Math.floor(tenths / 600);
  const rest = s.toFixed(1).padStart(4, '0');
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** The last part of a path. */
export const shortName = (recording) => recording.slice(recording.lastIndexOf('/') + 1) || recording;

/** What a person said, in words. */
export function words(answer) {
  switch (answer.answer) {
    case 'label': return answer.label;
    case 'not_speech': return 'not speech';
    default: return answer.answer;
  }
}

function row(entry, index) {
  const { segment, answers, similarity } = entry;
  const dot = element('span', { className: 'dot' });
  dot.style.background = colour(segment.emotion);
  const emotion = element('span', { className: segment.abstained ? 'uncertain' : '' }, segment.emotion);
  if (segment.abstained) {
    emotion.title = 'Shown as uncertain: the confidence is low';
  }
  const number = similarity === null ? segment.confidence : similarity;
  const said = [...new Set(answers.map(words))].join(' / ');
  const item = element('li', { id: `segment-${segment.id}` },
    dot, emotion,
    element('span', { className: 'n', title: similarity === null ? 'confidence' : 'similarity' }, number.toFixed(DIGITS)),
    element('span', { className: 'where', title: segment.segment_id },
      `${shortName(segment.recording)} ${clock(segment.start_s)}`),
    element('span', {}, ...(said ? [element('span', { className: 'badge' }, said)] : [])));
  item.setAttribute('role', 'option');
  item.dataset.index = index;
  return item;
}

/** Shows entries in place of those before. */
export function draw(list, entries, nothing) {
  list.replaceChildren(...entries.map(row));
  if (entries.length === 0) {
    list.append(element('li', { className: 'empty' }, nothing));
  }
}

/** Shows an entry again, after it has got an answer. */
export function redraw(list, entry, index) {
  const selected = list.children[index].getAttribute('aria-selected');
  list.children[index].replaceWith(row(entry, index));
  list.children[index].setAttribute('aria-selected', selected);
}

export function mark(list, index) {
  for (const item of list.children) {
    item.setAttribute('aria-selected', String(Number(item.dataset.index) === index));
  }
  const item = list.children[index];
  if (item && index >= 0) {
    item.scrollIntoView({ block: 'nearest' });
    list.setAttribute('aria-activedescendant', item.id);
  } else {
    list.removeAttribute('aria-activedescendant');
  }
}
