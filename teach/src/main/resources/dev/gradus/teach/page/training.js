// w <- w - rate * dL/dw, step by step, with the loss so far and, for points in the plane, what the network says of each place.
const training = {rate: lesson.training ? lesson.training.rate : 0, steps: 0, losses: [], running: null};

function descend(times) {
  const {parameters} = lesson.training;
  for (let i = 0; i < times; i++) {
    const next = parameters.map(w => Float64Array.from({length: sizeOf(nodes[w].value)}, (_, e) => number(nodes[w].value, e) - training.rate * number(nodes[w].gradient, e)));
    if (!next.every(w => w.every(Number.isFinite))) { training.diverged = true; stopTraining(); break; }
    training.losses.push(number(nodes[L].value));
    training.steps++;
    const feeds = parameters.map((w, j) => [nodes[w].value, next[j]]);
    state.version++;
    machine.setAll(feeds.flatMap(([i, array]) => Array.from(array, (x, e) => [i, e, x])));
    for (const w of parameters) if (sizeOf(nodes[w].value) <= 64) for (let e = 0; e < sizeOf(nodes[w].value); e++) state.changed.set(w + '.' + e, number(nodes[w].value, e));
  }
  update();
}

function stopTraining() {
  clearInterval(training.running);
  training.running = null;
}

function resetTraining() {
  stopTraining();
  Object.assign(training, {steps: 0, losses: [], diverged: false});
  resetNumbers();
}

function trainingAction(name) {
  if (name === 'run') {
    if (training.running) stopTraining();
    else training.running = setInterval(() => descend(Math.max(1, Math.round(state.speed * 5))), 60);
    update();
  } else if (name === 'reset') {
    resetTraining();
    update();
  } else descend(+name);
}

function trainingPanel() {
  if (!lesson.training) return [];
  const {parameters, boundary} = lesson.training;
  const losses = training.losses.concat(number(nodes[L].value)), stride = Math.ceil(losses.length / 400);
  const button = (name, text) => h('button', {type: 'button', 'data-answer': null, onclick: () => trainingAction(name)}, text);
  return [h('h2', null, say('page.tab.training')), mathRow(m('mi', 'w'), '←', m('mi', 'w'), '−', m('mi', 'η'), '·', m('mfrac', m('mrow', m('mo', '∂'), symbol(nodes[L])), m('mrow', m('mo', '∂'), m('mi', 'w')))),
    h('label', {class: 'caption', for: 'rate'}, say('training.rate')), h('input', {id: 'rate', type: 'range', min: 0, max: lesson.training.most, step: lesson.training.most / 200, value: training.rate}), h('output', {id: 'rate-value'}, fmt(training.rate, 3)),
    h('p', {class: 'tools'}, button('1', say('training.one')), button('10', '10×'), button('run', say(training.running ? 'training.stop' : 'training.run')), button('reset', say('training.reset'))),
    training.diverged ? h('p', {class: 'note'}, say('training.diverged')) : null,
    h('p', {id: 'loss'}, say('training.loss', {steps: training.steps, loss: fmt(number(nodes[L].value))})),
    boundary ? boundaryPlot(boundary) : null,
    losses.length < 2 ? null : plot({points: losses.map((y, x) => [x, y]).filter((_, x) => x % stride === 0 || x === losses.length - 1), title: say('training.curve'), xLabel: say('training.step'), yLabel: nodes[L].label, marks: [[losses.length - 1, losses[losses.length - 1], 'here']]}),
    h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('training.parameters')}, h('table', {class: 'rows'}, h('thead', null, h('tr', null, h('th', null, 'w'), h('th', null, say('page.value')), h('th', null, say('page.gradient')))),
      h('tbody', null, parameters.slice(0, 30).map(w => h('tr', null, h('th', {scope: 'row'}, h('button', {class: 'link', 'data-go': w}, nodes[w].label)), h('td', null, fmtAll(nodes[w].value)), h('td', null, fmtAll(nodes[w].gradient)))))))];
}

// The plane in the colours of what the network says, with the points it learns from.
function boundaryPlot({value, grid: [x0, x1, columns, y0, y1, rows], points, threshold}) {
  const size = 260, picture = h('canvas', {width: columns, height: rows, class: 'plane'}), pen = picture.getContext('2d'), image = pen.createImageData(columns, rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const x = number(value, r * columns + c) - threshold, a = Math.min(1, Math.abs(x) * 2), to = x < 0 ? [67, 147, 195] : [224, 130, 20], at = 4 * ((rows - 1 - r) * columns + c);
      to.forEach((channel, j) => image.data[at + j] = 247 + 0.75 * a * (channel - 247));
      image.data[at + 3] = 255;
    }
  }
  pen.putImageData(image, 0, 0);
  const marks = s('svg', {viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': say('training.boundary')}, points.map(([x, y, label]) => {
    const cx = (x - x0) / (x1 - x0) * size, cy = size - (y - y0) / (y1 - y0) * size;
    return label > threshold ? s('circle', {cx, cy, r: 4.5, class: 'positive'}) : s('rect', {x: cx - 4, y: cy - 4, width: 8, height: 8, class: 'negative'});
  }));
  return h('div', {class: 'boundary'}, picture, marks);
}
