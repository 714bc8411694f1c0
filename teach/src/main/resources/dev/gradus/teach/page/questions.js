// The lesson's own questions: choose an answer, and read at once whether it is right and why.
const chosen = new Map();

function verdict([, choices, right, why], c) {
  if (c === undefined) return ['', ''];
  return c === right ? ['yes', say('quiz.right') + ' ' + why] : ['no', say('quiz.wrong') + ' ' + (choices[c][1] || why)];
}

// Changed in place: a screen reader tells what appears in an element with role=status that was there before.
function choose(event, i, c) {
  chosen.set(i, c);
  const group = event.currentTarget.closest('.choices'), status = group.querySelector('[role=status]');
  group.querySelectorAll('button').forEach((button, at) => button.setAttribute('aria-pressed', String(at === c)));
  [status.className, status.textContent] = verdict(lesson.questions[i], c);
}

function questionsPanel() {
  if (!lesson.questions) return [];
  return [h('h3', {class: 'questions'}, say('questions.title')), lesson.questions.map((question, i) => {
    const [text, choices] = question, [kind, told] = verdict(question, chosen.get(i));
    return h('div', {class: 'choices', role: 'group', 'aria-labelledby': 'asked-' + i}, h('p', {id: 'asked-' + i, class: 'question'}, i + 1 + '. ' + text),
      choices.map(([choice], c) => h('button', {type: 'button', id: `choice-${i}-${c}`, 'aria-pressed': String(chosen.get(i) === c), onclick: event => choose(event, i, c)}, choice)),
      h('p', {role: 'status', class: kind}, told));
  })];
}
