// What the reader sees is a function of this state; every control changes the state and shows it again.
const state = {
  k: 0, group: 0, focus: null, node: null, element: 0, horizontal: false, follow: true, h: null, tab: 'step', keys: true,
  table: false, playing: null, speed: 1, changed: new Map(), version: 0, locked: new Set(lesson.locked),
};

const tabs = {step: stepPanel, node: nodePanel, quiz: quizPanel, training: trainingPanel, sort: sortPanel};

function update() {
  const step = steps[state.k];
  if (state.follow) {
    state.group = state.k > 0 && step.kind !== PARAMETERS ? groupOf[step.u] : 0;
    if (state.focus !== null) state.focus = step.u;
  }
  show($('path'), state.focus !== null
    ? [h('button', {class: 'link', 'data-action': 'up'}, say('page.back')), ' ', nodes[state.focus].label]
    : pathOf(groups[state.group]).flatMap((g, i) => [i ? ' ▸ ' : '', h('button', {class: 'link', 'data-enter': g.id, 'aria-current': g.id === state.group ? 'true' : null}, g.id === 0 ? say('page.whole') : groupLabel(g))]));
  setText($('sentence'), sentence(state.k));
  drawGraph(state);
  updateGraph(state);
  for (const line of $('algorithm').children) line.classList.toggle('now', line.dataset.kind === String(step.kind));
  sourceLine();
  setText($('count'), (state.k + 1) + ' / ' + steps.length);
  $('slider').value = state.k;
  $('slider').setAttribute('aria-valuetext', say('page.step.of', {k: state.k + 1, n: steps.length}));
  for (const tab of document.querySelectorAll('[role=tab]')) {
    const on = tab.dataset.tab === state.tab;
    tab.setAttribute('aria-selected', String(on));
    tab.tabIndex = on ? 0 : -1;
  }
  $('panel').setAttribute('aria-labelledby', 'tab-' + state.tab);
  keepingFocus($('panel'), () => show($('panel'), tabs[state.tab](state) || []));
  $('tables').hidden = !state.table;
  if (state.table) keepingFocus($('tables'), () => show($('tables'), tablePanel(state)));
  $('play').setAttribute('aria-pressed', String(state.playing !== null));
  $('table-toggle').setAttribute('aria-pressed', String(state.table));
  $('direction').setAttribute('aria-pressed', String(state.horizontal));
  $('follow').setAttribute('aria-pressed', String(state.follow));
  $('keys').setAttribute('aria-pressed', String(state.keys));
  if (!picture.fits && (state.follow || picture.isNew)) {
    const current = picture.element.querySelector('.current') || picture.isNew && topBox();
    if (current) intoView(current);
  }
  picture.isNew = false;
  requestAnimationFrame(reachable);
  clearTimeout(hashTimer);
  hashTimer = setTimeout(writeHash, 200);
}

// What is wider than its place can be scrolled by keys.
function reachable() {
  for (const wide of document.querySelectorAll('#panel .math, #panel .scroll, #panel .sum, #sentence, .text')) {
    if (wide.scrollWidth > wide.clientWidth || wide.scrollHeight > wide.clientHeight) wide.tabIndex = 0;
  }
}

// Browsers take their time to note a new address: not at every step of a fast walk.
let hashTimer = 0;

// Panels are made anew; the element that had the focus gets it back.
function keepingFocus(panel, change) {
  const active = panel.contains(document.activeElement) ? document.activeElement : null;
  const key = active && (active.id ? '#' + CSS.escape(active.id) : ['data-element', 'data-go', 'data-enter', 'data-action', 'data-answer'].filter(a => active.hasAttribute(a)).map(a => `[${a}="${CSS.escape(active.getAttribute(a))}"]`)[0]);
  change();
  const again = key && panel.querySelector(key);
  if (again) again.focus({preventScroll: true});
}

function sourceLine() {
  const n = nodes[steps[state.k].u];
  if (n.line < 0) return show($('source'));
  const [where, text, from] = lesson.lines[n.line];
  show($('source'), h('div', {class: 'caption'}, where), text === undefined ? null
    : h('code', null, text.slice(0, from), h('mark', null, text.slice(from, from + 1)), text.slice(from + 1)));
}

function go(k) {
  const way = k < state.k ? -1 : 1, at = Math.max(0, Math.min(LAST, k));
  state.k = state.tab === 'quiz' ? asking(at, way) : at;
  update();
}

function openTab(tab) {
  state.tab = tab;
  go(state.k);
}
const nextFanOut = () => go(fanOuts.find(k => k > state.k) ?? LAST);

function select(id) {
  Object.assign(state, {node: id, element: 0, tab: state.tab === 'quiz' ? 'quiz' : 'node'});
  if (state.tab === 'quiz' && quizPick(id)) return;
  if (memberFor(groups[state.group], id) === null) Object.assign(state, {group: groupOf[id], follow: false});
  update();
}

function enter(g) {
  Object.assign(state, {group: g, focus: null, follow: false});
  update();
}

// Everything that follows from a changed number is computed anew.
function change(id, element, x) {
  if (!Number.isFinite(x) || !isOpen(nodes[id])) return;
  machine.set(nodes[id].value, element, x);
  state.changed.set(id + '.' + element, x);
  state.version++;
  update();
}

function play(on) {
  clearInterval(state.playing);
  state.playing = on ? setInterval(() => state.k === LAST ? play(false) : go(state.k + 1), 1000 / state.speed) : null;
  update();
}

const actions = {
  first: () => go(0), previous: () => go(state.k - 1), next: () => go(state.k + 1), last: () => go(LAST), fan: nextFanOut,
  play: () => play(state.playing === null),
  direction: () => { state.horizontal = !state.horizontal; update(); },
  follow: () => { state.follow = !state.follow; update(); },
  table: () => { state.table = !state.table; update(); },
  keys: () => { state.keys = !state.keys; update(); },
  focus: () => {
    const chosen = state.tab === 'node' ? state.node : null, u = steps[state.k].u;
    state.focus = state.focus === null || chosen !== null && chosen !== state.focus ? chosen ?? u : null;
    if (state.focus !== null) state.follow = state.focus === u;
    update();
  },
  up: () => {
    if (state.focus !== null) state.focus = null;
    else if (groups[state.group].parent !== undefined) Object.assign(state, {group: groups[state.group].parent, follow: false});
    update();
  },
  in: () => { picture.zoom++; scaleGraph(); },
  out: () => { picture.zoom--; scaleGraph(); },
  fit: () => { picture.zoom = 0; scaleGraph(); },
  search: () => $('search').focus(),
  help: () => $('help').open ? $('help').close() : $('help').showModal(),
  share: async () => { writeHash(); await navigator.clipboard?.writeText(location.href); setText($('said'), say('page.shared')); },
  reset: () => { resetTraining(); update(); },
};

const shortcuts = {
  ArrowRight: 'next', ArrowLeft: 'previous', n: 'next', p: 'previous', Home: 'first', End: 'last', f: 'fan', ' ': 'play', d: 'direction', t: 'table',
  u: 'up', o: 'focus', '/': 'search', '?': 'help', '+': 'in', '-': 'out', '0': 'fit',
};

function resetNumbers() {
  if (state.version > 0) machine.reset();
  state.changed.clear();
  state.version++;
}

// The state as a link: step, view, node and changed numbers.
function writeHash() {
  if (location.protocol === 'about:') return; // inside a notebook's frame there is no address to write to
  const parts = ['k=' + state.k];
  if (state.group) parts.push('g=' + state.group);
  if (state.focus !== null) parts.push('f=' + state.focus);
  if (state.node !== null) parts.push('n=' + state.node);
  if (state.element) parts.push('e=' + state.element);
  if (state.horizontal) parts.push('d=1');
  if (!state.follow) parts.push('s=1');
  if (state.table) parts.push('v=1');
  if (state.tab !== 'step') parts.push('t=' + state.tab);
  if (state.h !== null) parts.push('h=' + state.h);
  if (state.changed.size) parts.push('x=' + [...state.changed].map(([key, x]) => key + ':' + x).join(','));
  const hash = '#' + parts.join('&');
  if (location.hash !== hash) history.replaceState(null, '', hash);
}

const isTab = name => Object.hasOwn(tabs, name) && (name !== 'training' || Boolean(lesson.training));

function readHash() {
  const given = new Map((location.hash.slice(1) || lesson.opening).split('&').map(part => part.split('=')));
  const whole = (key, count, otherwise) => {
    const x = Number(given.get(key));
    return given.has(key) && Number.isInteger(x) && x >= 0 && x < count ? x : otherwise;
  };
  resetTraining();
  Object.assign(state, {
    k: Math.min(whole('k', 1e9, 0), LAST), group: whole('g', groups.length, 0), focus: whole('f', N, null), node: whole('n', N, null), element: whole('e', 1e9, 0),
    horizontal: given.get('d') === '1', follow: given.get('s') !== '1', table: given.get('v') === '1', tab: isTab(given.get('t')) ? given.get('t') : 'step',
    h: given.has('h') && Number(given.get('h')) <= 0 && Number(given.get('h')) >= -12 ? Number(given.get('h')) : null,
  });
  for (const part of (given.get('x') || '').split(',')) {
    const [, id, element, x] = /^(\d+)\.(\d+):([-+.\de]+)$/.exec(part) || [], n = nodes[id];
    if (n && isOpen(n) && +element < sizeOf(n.value) && Number.isFinite(Number(x))) {
      machine.set(n.value, +element, Number(x));
      state.changed.set(id + '.' + element, Number(x));
    }
  }
}

function find(text) {
  const wanted = text.trim().toLowerCase();
  const found = wanted === '' ? null : nodes.find(n => n.label.toLowerCase() === wanted) || nodes.find(n => n.label.toLowerCase().includes(wanted));
  setText($('said'), wanted === '' ? '' : found ? say('page.found', {u: found.label}) : say('page.found.none', {text}));
  if (found) {
    state.group = groupOf[found.id];
    state.focus = null;
    state.follow = false;
    select(found.id);
  }
}

// Whether the page's own numbers are Java's.
function verify() {
  const wrong = machine.compare(), badge = $('badge');
  badge.className = wrong.length ? 'badge wrong' : 'badge right';
  if (!wrong.length) {
    setText(badge, '✓ ' + say('page.agrees'));
    badge.title = say('page.agrees.more', {count: machine.count});
  } else {
    const {instruction, java, page} = wrong[0];
    const at = nodes.find(n => n.value === instruction || n.gradient === instruction);
    setText(badge, '✗ ' + say('page.differs', {count: wrong.length, where: at ? (at.value === instruction ? at.label : partialText(at.id)) : '#' + instruction, java: fmt(java, 9), page: fmt(page, 9)}));
  }
}

function listen() {
  document.addEventListener('click', event => {
    const target = event.target.closest('[data-action],[data-go],[data-enter],[data-element],[data-node],[data-group],[data-tab],[data-answer]');
    if (!target || target.tagName === 'INPUT') return;
    const d = target.dataset;
    if (d.action) actions[d.action]();
    else if (d.tab) openTab(d.tab);
    else if (d.answer !== undefined) answer(d.answer);
    else if (d.go !== undefined) select(+d.go);
    else if (d.enter !== undefined) enter(+d.enter);
    else if (d.group !== undefined) enter(+d.group);
    else if (d.element !== undefined) { if (state.node === null && steps[state.k].kind !== PARAMETERS) state.node = steps[state.k].u; state.element = +d.element; update(); }
    else if (d.node !== undefined) select(+d.node);
  });
  document.addEventListener('keydown', event => {
    const typing = event.target.matches('input:not([type=range]):not([type=checkbox]),textarea,select');
    const box = event.target.closest && event.target.closest('.node,.group');
    if (box && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      box.dispatchEvent(new MouseEvent('click', {bubbles: true}));
      return;
    }
    if (event.target.getAttribute('role') === 'tab' && ['ArrowLeft', 'ArrowRight'].includes(event.key)) {
      const all = [...document.querySelectorAll('[role=tab]:not([hidden])')], next = all[(all.indexOf(event.target) + (event.key === 'ArrowRight' ? 1 : all.length - 1)) % all.length];
      next.focus();
      next.click();
      event.preventDefault();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !state.keys) return;
    if (event.target.matches('input[type=range]') && (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End')) return;
    if (event.key === ' ' && event.target.matches('button,a,summary')) return;
    const action = shortcuts[event.key];
    if (action) {
      event.preventDefault();
      actions[action]();
    }
  });
  $('slider').addEventListener('input', event => go(+event.target.value));
  $('speed').addEventListener('change', event => { state.speed = +event.target.value; if (state.playing !== null) play(true); });
  $('search').addEventListener('change', event => find(event.target.value));
  document.addEventListener('input', event => {
    const {id, dataset, value} = event.target;
    if (id === 'drag') change(+dataset.node, +dataset.element, +value);
    if (id === 'h') { state.h = +value; update(); }
    if (id === 'rate') { training.rate = +value; training.diverged = false; update(); }
  });
  document.addEventListener('change', event => {
    const {id, dataset, value} = event.target;
    if (id === 'edit' && value !== '') change(+dataset.node, +dataset.element, +value);
  });
  $('picture').addEventListener('focusin', event => event.target.closest('.node,.group') && intoView(event.target.closest('.node,.group')));
  addEventListener('hashchange', () => { readHash(); go(state.k); });
  addEventListener('resize', scaleGraph);
}

function start() {
  for (const place of document.querySelectorAll('[data-say]')) setText(place, say(place.dataset.say));
  for (const place of document.querySelectorAll('[data-label]')) {
    place.setAttribute('aria-label', say(place.dataset.label));
    if (place.tagName === 'BUTTON') place.title = say(place.dataset.label);
    if (place.type === 'search') place.placeholder = say(place.dataset.label);
  }
  $('slider').max = LAST;
  show($('ticks'), [...new Set(fanOuts.map(k => Math.round(400 * k / LAST)))].map(at => {
    const tick = h('span', null);
    tick.style.left = at / 4 + '%';
    return tick;
  }));
  $('tab-training').hidden = !lesson.training;
  if (N <= 400) show($('labels'), nodes.map(n => h('option', {value: n.label})));
  machine.run();
  verify();
  readHash();
  listen();
  go(state.k);
  $('picture').addEventListener('keydown', rove);
}

// One stop for Tab in the picture; arrow keys with Shift go from box to box.
function rove(event) {
  if (!event.shiftKey || !event.key.startsWith('Arrow')) return;
  const boxes = [...picture.boxes.values()].map(parts => parts.element), at = boxes.indexOf(event.target.closest('.node,.group'));
  const next = boxes[(at + (event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : boxes.length - 1)) % boxes.length];
  next.focus();
  event.preventDefault();
  event.stopPropagation();
}

start();
