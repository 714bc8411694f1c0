package dev.gradus.teach.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.teach.replay.Lessons;
import dev.gradus.teach.replay.Sentences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PlainTest {
  private static String printed(String commands, boolean isAsking) throws IOException {
    StringWriter out = new StringWriter();
    Stepper.of(Lessons.replay("x * y", "x=2", "y=3"), Sentences.english())
        .plain(new BufferedReader(new StringReader(commands)), new PrintWriter(out), isAsking);
    return out.toString();
  }

  @Test
  void textAndNothingElse() throws IOException {
    assertEquals(
        """
        step 1 of 11  FORWARD: the value of x
          numbers  x = 2
          v ∈ Γ(x)      ∂L/∂v      ∂v/∂x       term
          L                 ·          ·          ·
        The parameter x starts at 2.

        step 9 of 11  TERM 1 of 1: L sends to x
          rule     ∂v/∂x = y, with v = L
          symbols  ∂L/∂L · ∂L/∂x = ∂L/∂L · y
          numbers  1 · 3 = 3
          sum      3 (1 of 1)
          v ∈ Γ(x)      ∂L/∂v      ∂v/∂x       term
        ✓ L                 1          3          3
        L sends ∂L/∂L · ∂L/∂x = 1 · 3 = 3.

        """,
        printed("e\np\np\n", false).replaceFirst("(?s)step 11 of 11.*?\n\nstep 10 of 11.*?\n\n", ""));
  }

  @Test
  void whatCannotBeDoneIsTold() throws IOException {
    String printed = printed("g z\nfly\ng\np\nf\n?\n", false);
    for (String told : new String[] {
      "There is no node z; the nearest is x.", "There is no command fly; ? tells which there are.", "Name a node after g",
      "This is the first step.", "No node after this one has more than one term.", "q, Ctrl-C, Ctrl-D: stop"
    }) {
      assertTrue(printed.contains(told), printed);
    }
  }

  @Test
  void whoeverSitsThereIsAsked() throws IOException {
    assertTrue(printed("", true).endsWith("\n\n> "));
    assertTrue(printed("q\nn\n", true).endsWith("\n\n> "));
  }
}
