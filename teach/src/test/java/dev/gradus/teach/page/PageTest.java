package dev.gradus.teach.page;

import static dev.gradus.ops.Ops.mean;
import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sigmoid;
import static dev.gradus.ops.Ops.softmax;
import static dev.gradus.ops.Ops.square;
import static dev.gradus.ops.Ops.sum;
import static dev.gradus.ops.Ops.tanh;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.Installed;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.replay.Step;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// The page of a lesson in a real browser.
class PageTest {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.upTo(14);
  }

  /// What the reader sees, without the state of form fields, and without what becomes reachable once its width is known.
  private static final String SEEN =
      "[...document.querySelectorAll('header,main,footer')].map(e => e.outerHTML).join('').replaceAll(' tabindex=\"0\"', '')";

  static Lesson quiz() {
    Node x1 = parameter("x1", 11);
    Node x2 = parameter("x2", 5);
    Node w1 = parameter("w1", 0);
    Node w2 = parameter("w2", 0);
    return Lesson.of(sigmoid(sigmoid(x1.times(w1)).times(w2).plus(x2)));
  }

  static Lesson tensors() {
    Node x = parameter("x", Tensor.of(Shape.of(2, 2), 1.0, 2, 3, 4));
    Node w = parameter("W", Tensor.of(Shape.of(2, 2), 1, 0.5, 0.2, 0.1));
    Node h = tanh(Ops.matmul(x, w)).named("h");
    return Lesson.of(mean(square(h).times(h)).plus(sum(softmax(x).times(x))));
  }

  @AddLifecycleHook(Installed.ForChromium.class)
  @Property(tries = 12, seed = "11")
  void thePagesNumbersAndSentencesAreJavas(@ForAll("graphs") RandomGraph graph) throws IOException {
    Lesson lesson = Lesson.of(graph.result());
    try (LessonPage page = LessonPage.of(lesson)) {
      assertTrue(page.badge().startsWith("✓"), page.badge());
      List<String> told = lesson.steps().stream().map(lesson::sentence).toList();
      assertEquals(told, page.evaluate("steps.map((_, k) => sentence(k))"));
      page.assertQuiet();
    }
  }

  @AddLifecycleHook(Installed.ForChromium.class)
  @Property(tries = 5, seed = "12")
  void steppingForthAndBackLeavesThePageAsItWas(@ForAll("graphs") RandomGraph graph) throws IOException {
    assertStepsAreTheirOwnInverse(Lesson.of(graph.result()));
  }

  /// Here a step may enter another group.
  @Test
  void steppingThroughGroupsLeavesThePageAsItWas() throws IOException {
    Lesson lesson = Lesson.of(PageFigures.mlp(2, 2, 3, 1));
    try (LessonPage page = LessonPage.of(lesson)) {
      assertTrue((int) page.evaluate("groups.length") > 2);
    }
    assertStepsAreTheirOwnInverse(lesson);
  }

  private static void assertStepsAreTheirOwnInverse(Lesson lesson) throws IOException {
    try (LessonPage page = LessonPage.of(lesson)) {
      Object differences = page.evaluate(
          """
          (() => {
            const seen = () => %s;
            const wrong = [], jumped = [];
            for (let k = 0; k <= LAST; k++) { go(k); jumped.push(seen()); }
            go(0);
            for (let k = 0; k < LAST; k++) {
              actions.next();
              if (seen() !== jumped[k + 1]) wrong.push('step to ' + (k + 1));
              actions.previous();
              if (seen() !== jumped[k]) wrong.push('back to ' + k);
              actions.next();
            }
            for (const k of [LAST, 0, Math.floor(LAST / 2), 3]) {
              go(k);
              if (seen() !== jumped[k]) wrong.push('jump to ' + k);
            }
            return wrong;
          })()""".formatted(SEEN));
      assertEquals(List.of(), differences);
      page.assertQuiet();
    }
  }

  @Test
  void aPageIsSmallBesideItsData() throws IOException {
    for (Lesson lesson : List.of(quiz(), Lesson.of(PageFigures.mlp(7, 2, 16, 16, 1)))) {
      String html = lesson.toHtml();
      int data = html.indexOf("</script>") - html.indexOf("id=\"lesson\">");
      int size = html.length() - data;
      assertTrue(size <= 100 * 1024, size + " characters");
    }
  }

  @Test
  void whatIsNotYetComputedIsNoNumber() throws IOException {
    for (Lesson lesson : List.of(quiz(), tensors())) {
      try (LessonPage page = LessonPage.of(lesson)) {
        Object wrong = page.evaluate(
            """
            (() => {
              const wrong = [];
              for (let k = 0; k <= LAST; k++) {
                go(k);
                for (const n of nodes) {
                  const parts = picture.boxes.get(n.id), value = parts.value.textContent, gradient = parts.gradient.textContent;
                  if ((value === '·') !== (k < n.valueStep)) wrong.push(k + ' value ' + n.label + ' ' + value);
                  if (k < n.gradientStep && !/^(·|Σ )/.test(gradient)) wrong.push(k + ' gradient ' + n.label + ' ' + gradient);
                  if (k >= n.gradientStep && !/[0-9]/.test(gradient)) wrong.push(k + ' closed ' + n.label + ' ' + gradient);
                }
              }
              return wrong;
            })()""");
        assertEquals(List.of(), wrong);
      }
    }
  }

  @Test
  void aChangedNumberChangesAllThatFollows() throws IOException {
    try (LessonPage page = LessonPage.of(quiz())) {
      page.go("#k=34&n=4&t=node");
      page.page().fill("#edit", "0.5");
      page.press("Tab");
      double w2 = 0.5;
      double v2 = 0.5;
      double f = 1 / (1 + Math.exp(-(v2 * w2 + 5)));
      assertEquals(f, (double) page.evaluate("number(nodes[L].value)"), 1e-15);
      assertEquals(f * (1 - f) * v2, (double) page.evaluate("number(nodes.find(n => n.label === 'w2').gradient)"), 1e-15);
      assertTrue(page.text("#sentence").contains("∂L/∂w1 = "), page.text("#sentence"));
      assertNotEquals("0", page.evaluate("picture.boxes.get(nodes.find(n => n.label === 'w1').id).gradient.textContent"));
      page.page().click("text=Reset");
      assertEquals("0", page.evaluate("picture.boxes.get(nodes.find(n => n.label === 'w1').id).gradient.textContent"));
      page.assertQuiet();
    }
  }

  /// The page says which ops it cannot compute, and lets nobody change what they depend on.
  @Test
  void whatIsPlayedBackSaysSo() throws IOException {
    Node x = parameter("x", Tensor.vector(0.5, -1, 2));
    Node doubled = x.times(2).named("doubled");
    Node largest = Ops.argmax(doubled, 0).named("largest");
    Node y = parameter("y", 3);
    Lesson lesson = Lesson.of(sum(square(x)).plus(y.times(Ops.cast(largest, dev.gradus.tensor.DType.F64))));
    try (LessonPage page = LessonPage.of(lesson)) {
      assertTrue(page.badge().startsWith("✓"), page.badge());
      page.evaluate("select(nodes.find(n => n.label === 'largest').id)");
      assertTrue(page.text("#played").contains("argmax"), page.text("#played"));
      page.evaluate("select(nodes.find(n => n.label === 'x').id)");
      assertEquals(0, page.evaluate("document.querySelectorAll('#edit').length"));
      assertTrue(page.text("#panel").contains("argmax"), page.text("#panel"));
      page.evaluate("select(nodes.find(n => n.label === 'y').id)");
      assertEquals(1, page.evaluate("document.querySelectorAll('#edit').length"));
      page.page().fill("#edit", "4");
      page.press("Tab");
      assertEquals(0.25 + 1 + 4 + 4 * 2, (double) page.evaluate("number(nodes[L].value)"), 1e-12);
      page.assertQuiet();
    }
  }

  @Test
  void startingAgainRestoresEveryParameter() throws IOException {
    Node w = parameter("W", Tensor.normal(Shape.of(10, 9), 4));
    try (LessonPage page = LessonPage.of(Lesson.of(mean(square(w))).trained(Training.at(0.5)))) {
      page.page().click("#tab-training");
      String moved = "[nodes[0].value, nodes[L].value].map(i => machine.value(i).filter((x, e) => x !== machine.recorded(i)[e]).length).join()";
      page.page().click("button:text-is('10×')");
      assertEquals("90,1", page.evaluate(moved));
      page.page().click("text=start again");
      assertEquals("0,0", page.evaluate(moved));
      page.assertQuiet();
    }
  }

  @Test
  void everyNodeCanBeCheckedAgainstADifference() throws IOException {
    for (Lesson lesson : List.of(quiz(), tensors())) {
      try (LessonPage page = LessonPage.of(lesson)) {
        Object wrong = page.evaluate(
            """
            (() => {
              go(LAST);
              const wrong = [];
              for (const n of nodes) {
                select(n.id);
                const rows = [...document.querySelectorAll('#check td')].map(td => Number(td.textContent));
                if (rows.length !== 3 || !(Math.abs(rows[0] - rows[1]) <= 1e-6 * (1 + Math.abs(rows[0])))) wrong.push(n.label + ' ' + rows);
              }
              return wrong;
            })()""");
        assertEquals(List.of(), wrong);
        page.assertQuiet();
      }
    }
  }

  /// The gradient from above is part of it, what is stopped is held still, and the step suits dtype and size.
  @Test
  void theCheckIsOfTheGradientThatIsShown() throws IOException {
    Node x = parameter("x", 5);
    Node y = x.times(3);
    assertChecked(Lesson.of(y, Backward.from(y, Ops.constant(5)), Interpreter.run(y)), 15);
    assertChecked(Lesson.of(x.times(Ops.stopGradient(x.times(3)))), 15);
    assertChecked(Lesson.of(Ops.square(parameter("x", Tensor.of(Shape.of(), 3.0f)))), 6);
    assertChecked(Lesson.of(parameter("x", 1e200).times(2)), 2);
    Node vector = parameter("x", 2).times(Constant.of(Tensor.vector(1, 2)));
    assertChecked(Lesson.of(vector, Backward.from(vector, Constant.of(Tensor.vector(10, 1))), Interpreter.run(vector)), 12);
  }

  private static void assertChecked(Lesson lesson, double gradient) throws IOException {
    try (LessonPage page = LessonPage.of(lesson)) {
      page.evaluate("(go(LAST), select(nodes.find(n => n.label === 'x').id))");
      List<?> rows = (List<?>) page.evaluate("[...document.querySelectorAll('#check td')].map(td => Number(td.textContent))");
      assertEquals(3, rows.size(), page.text("#panel"));
      assertEquals(gradient, ((Number) rows.get(0)).doubleValue(), 1e-9 * gradient);
      assertEquals(gradient, ((Number) rows.get(1)).doubleValue(), 1e-3 * gradient);
      page.assertQuiet();
    }
  }

  @Test
  void whatCannotBeCheckedSaysWhy() throws IOException {
    for (Node loss : List.of(Ops.acos(parameter("x", 1)), Ops.log(parameter("x", 0)))) {
      try (LessonPage page = LessonPage.of(Lesson.of(loss))) {
        page.evaluate("(go(LAST), select(nodes.find(n => n.label === 'x').id))");
        assertTrue(page.text("#panel").contains("Nothing to compare"), page.text("#panel"));
        assertFalse(page.text("#panel").contains("played back"), page.text("#panel"));
        page.assertQuiet();
      }
    }
    Lesson empty = Lesson.of(sum(square(parameter("x", Tensor.zeros(Shape.of(0))))));
    assertEquals("The parameter x starts at [].", empty.sentence(empty.steps().getFirst()));
    try (LessonPage page = LessonPage.of(empty)) {
      assertEquals("The parameter x starts at [].", page.evaluate("sentence(0)"));
      page.evaluate("nodes.forEach(n => { go(LAST); select(n.id); })");
      page.assertQuiet();
    }
  }

  @Test
  void theNeighboursOfANodeAreShownUpToTheLastStep() throws IOException {
    try (LessonPage page = LessonPage.of(quiz())) {
      for (List<String> keys : List.of(List.of("o", "End"), List.of("Home", "End", "o", "o"))) {
        keys.forEach(page::press);
        assertEquals("35 / 35", page.text("#count"));
        assertEquals(1, page.evaluate("document.querySelectorAll('[data-node=\"' + L + '\"]').length"));
      }
      page.assertQuiet();
    }
  }

  /// Links may be old, or written by hand.
  @Test
  void aLinkThatDoesNotFitIsTakenAsFarAsItDoes() throws IOException {
    Node x = parameter("x", 2);
    Lesson lesson = Lesson.of(x.times(Constant.of(3)));
    for (String link : List.of("#x=0.-1:5", "#x=1.0:5,0.0:4", "#t=__proto__", "#t=training", "#f=0&k=999", "#k=-1&n=99&g=7&e=-2&h=1", "#x=0.0:1e999")) {
      try (LessonPage page = LessonPage.of(lesson)) {
        page.go(link);
        assertEquals(1, page.evaluate("document.querySelectorAll('[role=tab][aria-selected=true]:not([hidden])').length"), link);
        assertTrue((int) page.evaluate("document.querySelectorAll('#picture .node').length") > 0, link);
        assertEquals(link.contains("0.0:4") ? 12 : 6, ((Number) page.evaluate("number(nodes[L].value)")).intValue(), link);
        page.assertQuiet();
      }
    }
  }

  /// x · x sends a term from each slot: who answers for both is told so.
  @Test
  void theQuizNamesTheSlot() throws IOException {
    try (LessonPage page = LessonPage.of(Lesson.of(square(parameter("y", 3)).plus(product(parameter("x", 2)))))) {
      page.page().click("#tab-quiz");
      page.evaluate("go(steps.findIndex(s => s.kind === TERM && s.u === nodes.find(n => n.label === 'x').id) - 1)");
      page.evaluate("quiz.phase = 'gamma', update()");
      assertTrue(page.text("#question").contains("(slot 1)"), page.text("#question"));
      assertTold(page, "4", "through all slots");
      assertTold(page, "2", "Right");
      page.assertQuiet();
    }
  }

  private static void assertTold(LessonPage page, String answer, String told) {
    page.page().fill("#answer", answer);
    page.evaluate("answer('number')");
    assertTrue(page.text("#feedback").contains(told), page.text("#feedback"));
  }

  private static Node product(Node x) {
    return x.times(x).named("a");
  }

  /// A term is summed over what was broadcast: mistakes are compared in the shape of the answer.
  @Test
  void mistakesInTermsAreOfTheShapeOfTheAnswer() throws IOException {
    Node a = parameter("a", Tensor.of(Shape.of(2, 1), 1.0, 2));
    Node b = parameter("b", Tensor.of(Shape.of(1, 3), 3.0, 5, 7));
    Node weights = Constant.of(Tensor.of(Shape.of(2, 3), 1.0, 2, 4, 8, 16, 32));
    try (LessonPage page = LessonPage.of(Lesson.of(sum(a.times(b).named("p").times(weights))))) {
      String mistake = "(x => { const t = terms.find(t => nodes[t.u].label === 'a'); return mistake({kind: 'term', term: t, u: t.u, instruction: t.product}, 1, x); })";
      assertEquals("mistake.no.local", page.evaluate(mistake + "(8 + 16 + 32)"));
      assertEquals("mistake.no.upstream", page.evaluate(mistake + "(3 + 5 + 7)"));
      assertEquals(null, page.evaluate(mistake + "(2)"));
      page.assertQuiet();
    }
  }

  /// A node may have users and get no term; the value of a bool is answered as it is shown.
  @Test
  void theQuizGoesOnToTheLastStep() throws IOException {
    Node x = parameter("x", Tensor.vector(1, 2));
    Node y = parameter("y", 2);
    Node z = parameter("z", 3);
    for (Node loss : List.of(
        sum(Ops.where(Ops.greater(x, Constant.of(0.0)), x, x.times(0.1))), Ops.stopGradient(y.times(z)).times(y))) {
      try (LessonPage page = LessonPage.of(Lesson.of(loss))) {
        page.page().click("#tab-quiz");
        Object end = page.evaluate(
            """
            (() => {
              for (let i = 0; i < 500 && question(state.k); i++) {
                const q = question(state.k);
                if (q.kind === 'next') select(q.u);
                else if (q.kind === 'gamma') {
                  nodes[q.u].users.forEach(([v]) => quiz.picked.has(v) || select(v));
                  answer('gamma');
                } else {
                  $('answer').value = fmtOf(q.instruction, asked(q.instruction));
                  answer('number');
                  if (quiz.said[0] !== 'yes') return q.kind + ' ' + nodes[q.u].label + ': ' + quiz.said[1];
                }
              }
              return LAST - state.k;
            })()""");
        assertEquals(0, end);
        page.assertQuiet();
      }
    }
  }

  @Test
  void whereTheRightNumberIsInfiniteOthersAreWrong() throws IOException {
    try (LessonPage page = LessonPage.of(Lesson.of(Ops.log(parameter("x", 0)).plus(parameter("y", 1))))) {
      assertEquals(List.of(true, false, false, false, true), page.evaluate("[close(Infinity, Infinity), close(5, Infinity), close(-Infinity, Infinity), close(5, NaN), close(5, 5.01)]"));
      page.page().click("#tab-quiz");
      assertTold(page, "5", "Not quite");
      assertTold(page, "-inf", "Right");
      page.assertQuiet();
    }
  }

  @Test
  void unsortedGradientsThatAreInfiniteAreCompared() throws IOException {
    Node x = parameter("x", Tensor.vector(0, 1, 1000));
    try (LessonPage page = LessonPage.of(Lesson.of(sum(Ops.exp(x).dividedBy(x))))) {
      page.page().click("#tab-sort");
      assertTrue(page.text("#unsorted").contains("no harm"), page.text("#unsorted"));
      page.assertQuiet();
    }
  }

  @Test
  void startingAgainForgetsTheTraining() throws IOException {
    try (LessonPage page = LessonPage.of(Lesson.of(square(parameter("w", 3))).trained(Training.at(0.1)))) {
      page.page().click("#tab-training");
      page.page().click("button:text-is('10×')");
      page.page().click("text=Reset");
      assertTrue(page.text("#loss").contains("0 steps"), page.text("#loss"));
      page.page().click("button:text-is('10×')");
      page.go("#k=3&t=training");
      page.page().waitForCondition(() -> page.text("#loss").contains("0 steps the loss is 9"));
      page.assertQuiet();
    }
  }

  @Test
  void theStateIsInTheLink() throws IOException {
    try (LessonPage page = LessonPage.of(tensors())) {
      page.page().click("[data-action=fan]");
      page.page().click("#direction");
      page.page().click("#table-toggle");
      page.evaluate("select(nodes.find(n => n.label === 'x').id)");
      page.page().fill("#edit", "-2.25");
      page.press("Tab");
      page.page().click("#tab-step");
      String hash = (String) page.evaluate("writeHash(), location.hash");
      String seen = (String) page.evaluate(SEEN);
      Object numbers = page.evaluate("JSON.stringify([...machine.value(nodes[L].value)])");
      page.go(hash);
      assertEquals(hash, page.evaluate("writeHash(), location.hash"));
      assertEquals(numbers, page.evaluate("JSON.stringify([...machine.value(nodes[L].value)])"));
      String again = (String) page.evaluate("go(state.k), " + SEEN);
      int same = 0;
      while (same < Math.min(again.length(), seen.length()) && again.charAt(same) == seen.charAt(same)) {
        same++;
      }
      assertEquals(seen.substring(Math.max(0, same - 80)), again.substring(Math.max(0, same - 80)));
      for (String broken : List.of("#k=-3", "#k=1e99&n=77&x=0.0:abc,9.9:1", "#%00", "#t=constructor", "#g=5&f=x&e=-1&h=7")) {
        page.go(broken);
        assertTrue(page.badge().startsWith("✓"), broken);
      }
      page.assertQuiet();
    }
  }

  @Test
  void namesAreText() throws IOException {
    String hostile = "</script><img src=x onerror=alert(1)>";
    Node x = parameter(hostile, 2);
    Node y = parameter("<b>&amp;\"'`${title}", 3);
    Lesson lesson = Lesson.of(x.times(y).named("]]><script>alert(2)</script>")).titled(hostile).introducedBy(hostile);
    try (LessonPage page = LessonPage.of(lesson)) {
      page.page().onDialog(dialog -> {
        throw new AssertionError(dialog.message());
      });
      page.evaluate("(() => { for (let k = 0; k <= LAST; k++) go(k); for (const n of nodes) select(n.id); actions.table(); })()");
      assertEquals(0, page.evaluate("document.querySelectorAll('img,b,main script').length"));
      assertTrue(page.text("main").contains("<b>&amp;\"'`${title}"));
      assertEquals(hostile, page.text("h1"));
      page.assertQuiet();
    }
  }

  @Test
  void oneWrongNumberIsTold() throws IOException {
    String html = quiz().toHtml();
    String mark = "\"recorded\":\"";
    int from = html.indexOf(mark) + mark.length();
    int to = html.indexOf('"', from);
    byte[] recorded = Base64.getDecoder().decode(html.substring(from, to));
    ByteBuffer numbers = ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN);
    numbers.putDouble(8 * 5, numbers.getDouble(8 * 5) + 1e-6);
    String corrupted = html.substring(0, from) + Base64.getEncoder().encodeToString(recorded) + html.substring(to);
    try (LessonPage page = LessonPage.of(corrupted, "")) {
      assertTrue(page.badge().startsWith("✗"), page.badge());
      assertTrue((boolean) page.evaluate("document.querySelector('#badge').classList.contains('wrong')"));
      page.assertQuiet();
    }
  }

  @Test
  void theScriptThatRunsIsTheOneThePolicyNames() throws IOException {
    String html = quiz().toHtml().replace("const BOX", "/**/const BOX");
    try (var page = dev.gradus.teach.Browser.page()) {
      page.setContent(html);
      assertEquals("", page.textContent("#badge"));
    }
  }

  @Test
  void aNotebookCanShowItInAFrame() {
    try (var page = dev.gradus.teach.Browser.page()) {
      List<String> messages = new java.util.ArrayList<>();
      page.onConsoleMessage(message -> messages.add(message.text()));
      page.onPageError(messages::add);
      page.setContent("<h1>notebook</h1>" + quiz().toFrame(600));
      var inside = page.frameLocator("iframe");
      inside.locator("#badge.right").waitFor();
      inside.locator("[data-action=last]").click();
      assertEquals("35 / 35", inside.locator("#count").textContent());
      page.waitForTimeout(400);
      assertEquals(List.of(), messages);
    }
  }

  @Test
  void everythingCanBeDoneByKeys() throws IOException {
    try (LessonPage page = LessonPage.of(quiz())) {
      page.press("ArrowRight");
      page.press("n");
      assertEquals("3 / 35", page.text("#count"));
      page.press("ArrowLeft");
      assertEquals("2 / 35", page.text("#count"));
      page.press("End");
      assertEquals("35 / 35", page.text("#count"));
      page.press("Home");
      page.press("/");
      page.page().keyboard().type("w2");
      page.press("Enter");
      assertTrue(page.text("#panel").contains("parameter"), page.text("#panel"));
      assertTrue((boolean) page.evaluate("document.activeElement.id === 'search'"));
      page.press("Tab");
      page.press("t");
      assertFalse((boolean) page.evaluate("document.querySelector('#tables').hidden"));
      page.press("d");
      assertEquals("true", page.page().getAttribute("#direction", "aria-pressed"));
      page.press("?");
      assertTrue((boolean) page.evaluate("document.querySelector('#help').open"));
      page.press("Escape");
      page.page().focus("#picture");
      page.press("Shift+ArrowRight");
      assertTrue((boolean) page.evaluate("document.activeElement.matches('.node')"));
      page.press("Enter");
      assertTrue((boolean) page.evaluate("state.node !== null"));
      page.page().click("#keys");
      page.press("End");
      assertEquals("1 / 35", page.text("#count"));
      page.assertQuiet();
    }
  }

  @Test
  void theQuizCanBeSolvedAndKnowsMistakes() throws IOException {
    Node x = parameter("x", 2);
    Node a = square(x).named("a");
    Lesson lesson = Lesson.of(a.times(x).plus(sigmoid(x.times(0.5))));
    try (LessonPage page = LessonPage.of(lesson)) {
      page.page().click("#tab-quiz");
      Object story = page.evaluate(
          """
          (() => {
            const kinds = new Set(), said = new Set();
            for (let i = 0; i < 500; i++) {
              const q = question(state.k);
              if (!q) break;
              kinds.add(q.kind);
              const e = q.instruction >= 0 ? asked(q.instruction) : 0;
              const enter = x => { if (close(x, number(q.instruction, e))) return; give(x); };
              const give = x => { $('answer').value = String(x); answer('number'); said.add(quiz.said[1]); };
              if (q.kind === 'next') {
                const early = nodes.find(n => n.openStep > state.k && n.terms.some(t => !upstreamKnown(t, state.k)));
                if (early) { select(early.id); said.add(quiz.said[1]); }
                select(q.u);
              } else if (q.kind === 'gamma') {
                answer('gamma'); said.add(quiz.said[1]);
                nodes[q.u].users.forEach(([v]) => quiz.picked.has(v) || select(v));
                answer('gamma');
              } else {
                if (q.kind === 'sum') { const t = nodes[q.u].terms; enter(number(t[t.length - 1].product)); enter(number(t[0].product)); }
                if (q.kind === 'term' && q.term.local >= 0) { enter(number(q.term.upstream)); }
                if (q.kind === 'local') for (const [, wrong] of q.term.mistakes) enter(number(wrong));
                give('abc');
                give(number(q.instruction, e));
              }
            }
            return JSON.stringify({k: state.k, last: LAST, kinds: [...kinds].sort(), said: [...said]});
          })()""");
      String text = String.valueOf(story);
      assertTrue(text.contains("\"kinds\":[\"gamma\",\"local\",\"next\",\"seed\",\"sum\",\"term\",\"value\"]"), text);
      for (String known : List.of("last term only", "one path only", "the local derivative is missing", "Too early for", "the two were swapped", "is no number", "with its operand put in", "taken at the value of")) {
        assertTrue(text.contains(known), known + " in " + text);
      }
      assertTrue(page.text("#panel").contains("That was the last question"), page.text("#panel"));
      page.assertQuiet();
    }
  }

  /// Steps at which nothing is asked are passed over, both ways, and the picture goes along.
  @Test
  void theQuizStopsWhereSomethingIsAsked() throws IOException {
    try (LessonPage page = LessonPage.of(quiz())) {
      page.page().click("#tab-quiz");
      Object stops = page.evaluate(
          """
          (() => {
            const stops = [], wrong = [];
            const look = () => {
              stops.push(state.k);
              if (state.k < LAST && question(state.k) === null) wrong.push('nothing asked at ' + state.k);
              if ($('count').textContent !== (state.k + 1) + ' / ' + steps.length || $('sentence').textContent !== sentence(state.k)) wrong.push('not shown: ' + state.k);
            };
            for (look(); state.k < LAST; look()) actions.next();
            const there = [...stops].reverse();
            stops.length = 0;
            for (look(); state.k > there[there.length - 1]; look()) actions.previous();
            if (String(stops) !== String(there)) wrong.push(stops + ' is not ' + there);
            actions.first();
            if (state.k !== there[there.length - 1]) wrong.push('first: ' + state.k);
            return wrong;
          })()""");
      assertEquals(List.of(), stops);
      page.assertQuiet();
    }
  }

  @Test
  void darkAndWithoutMotion() throws IOException {
    try (LessonPage page = LessonPage.of(quiz())) {
      String light = (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
      assertNotEquals("0s", page.evaluate("getComputedStyle(document.querySelector('.body')).transitionDuration"));
      page.page().emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK).setReducedMotion(ReducedMotion.REDUCE));
      assertNotEquals(light, page.evaluate("getComputedStyle(document.body).backgroundColor"));
      assertEquals("0s", page.evaluate("getComputedStyle(document.querySelector('.body')).transitionDuration"));
    }
  }

  /// Only comments are left out of a page.
  @Test
  void everyRuleOfTheStyleSheetIsInThePage() {
    String rules = dev.gradus.teach.page.Page.resource("page.css").replaceAll("/\\*.*?\\*/", "");
    String html = quiz().toHtml();
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    assertEquals(rules.replaceAll("\\s+", ""), style.replaceAll("\\s+", ""));
  }

  @Test
  void trainingIsRefusedWhereItCannotBe() {
    Training.Grid grid = new Training.Grid(0, 1, 2, 0, 1, 3);
    Node six = Constant.of(Tensor.zeros(Shape.of(6)));
    assertRefused("training: the learning rate must be above 0 and finite, but got NaN", () -> Training.at(Double.NaN));
    assertRefused("training: the learning rate must be above 0 and finite, but got -1.0", () -> Training.at(-1));
    assertRefused("grid: there must be two rows", () -> new Training.Grid(0, 1, 1, 0, 1, 3));
    assertRefused("boundary: there must be a value for each of the grid's 6", () -> new Training.Boundary(parameter("w", 1), grid, Tensor.zeros(Shape.of(1, 2)), Tensor.vector(1), 0.5));
    assertRefused("boundary: there must be a row", () -> new Training.Boundary(six, grid, Tensor.zeros(Shape.of(1, 2)), Tensor.vector(1, 2), 0.5));
  }

  private static void assertRefused(String start, Executable made) {
    String message = String.valueOf(assertThrows(GradusException.class, made).getMessage());
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void theLastStepIsTheParameters() {
    assertEquals(Step.Kind.PARAMETERS, quiz().steps().getLast().kind());
  }
}
