package dev.gradus.teach.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gradus.teach.replay.Lessons;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuideTest {
  private final Replay replay = Lessons.replay("a=x*x; b1=a+a*sin(a); b2=b1*2; b2", "x=2");
  private final Walk walk = new Walk(replay);
  private final Guide guide = new Guide(walk, new Labels(replay), Sentences.english());

  private String at(View view) {
    Step step = walk.step(view.at());
    return step.kind() + (step.u() == null ? "" : " " + replay.labels().of(step.u()));
  }

  @Test
  void aStepForwardAndBack() {
    View second = guide.react(View.FIRST, Command.NEXT);
    assertEquals(1, second.at());
    assertEquals(View.FIRST, guide.react(second, Command.PREVIOUS));
    assertEquals(View.FIRST.noting("This is the first step."), guide.react(View.FIRST, Command.PREVIOUS));
    View last = guide.react(View.FIRST, Command.END);
    assertEquals("PARAMETERS", at(last));
    assertEquals(last.noting("This is the last step."), guide.react(last, Command.NEXT));
    assertNull(guide.react(guide.react(last, Command.NEXT), Command.PREVIOUS).note());
    assertEquals(View.FIRST, guide.react(last, Command.BEGIN));
  }

  @Test
  void sumsOfSeveralTermsInTurn() {
    View first = guide.react(View.FIRST, Command.FAN_OUT);
    View second = guide.react(first, Command.FAN_OUT);
    assertEquals(List.of("OPEN a", "OPEN x"), List.of(at(first), at(second)));
    assertEquals(second.noting("No node after this one has more than one term."), guide.react(second, Command.FAN_OUT));
  }

  @Test
  void nodesByLabelOrAPartOfIt() {
    View asking = guide.react(View.FIRST, Command.GO);
    View value = guide.go(asking, "a");
    assertEquals("FORWARD a", at(value));
    assertEquals("OPEN a", at(guide.go(value, " a ")));
    assertEquals("FORWARD a", at(guide.go(guide.go(value, "a"), "a")));
    assertEquals("SEED b2", at(guide.go(guide.go(asking, "b2"), "b2")));
    assertEquals("Several nodes have b: b1, b2.", guide.go(asking, "b").note());
    assertEquals("There is no node b3; the nearest is b1.", guide.go(asking, "b3").note());
    assertEquals("Name a node after g, such as g b2.", guide.go(asking, "").note());
  }

  @Test
  void aLabelIsTypedCompletedAndRubbedOut() {
    View view = guide.react(View.FIRST, Command.GO);
    assertEquals(View.Mode.GO, view.mode());
    View typed = guide.type(view, 'b');
    assertEquals("b", guide.complete(typed).typed());
    assertEquals("b1, b2", guide.matches("b"));
    assertEquals("v1, b1", guide.matches("1"));
    assertEquals("1", guide.complete(guide.type(view, '1')).typed());
    assertEquals("x", guide.complete(guide.type(view, 'x')).typed());
    assertEquals("b", guide.type(typed, 7).typed());
    assertEquals("", guide.rubOut(typed).typed());
    assertEquals(View.Mode.STEP, guide.rubOut(guide.rubOut(typed)).mode());
    assertEquals("", guide.rubOut(guide.type(view, 0x1D6FC)).typed());
  }

  @Test
  void helpIsLeftByAnyKeyAndQuitIsQuit() {
    View help = guide.react(View.FIRST, Command.HELP);
    assertEquals(View.Mode.HELP, help.mode());
    assertEquals(View.FIRST, guide.react(help, Command.NEXT));
    assertEquals(View.FIRST, guide.react(help, Command.HELP));
    assertEquals(View.Mode.DONE, guide.react(help, Command.QUIT).mode());
    assertEquals(View.Mode.DONE, guide.react(View.FIRST, Command.QUIT).mode());
  }
}
