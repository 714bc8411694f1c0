package dev.gradus.teach.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.graph.NameScope;
import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.Installed;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.layout.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;

class TextDiagramTest {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.upTo(15);
  }

  private static final Pattern MERMAID_LINE =
      Pattern.compile(
          " *(flowchart (BT|LR)|accTitle: [^\"]*|n\\d+([\\[(]|\\[\\[)\"[^\"<>`]*(<br/>[^\"<>`]*)*\"([\\])]|]])(:::\\w+)?|n\\d+ --> n\\d+"
              + "|subgraph s\\d+ \\[\"[^\"<>`]*\"]|end|classDef \\w+ [\\w:#,]+)");

  private static long count(String text, String line) {
    return text.lines().filter(each -> each.matches(line)).count();
  }

  private static Lesson scoped() {
    Node x = Ops.parameter("x", 2);
    Node y = x;
    for (String layer : new String[] {"a", "b"}) {
      try (var _ = NameScope.open("net"); var _ = NameScope.open(layer)) {
        y = Ops.tanh(y.times(Ops.parameter("w", 0.5))).named("h");
      }
    }
    return Lesson.of(y);
  }

  @Test
  void edgesLeadFromOperandsToUsers() {
    assertEquals(8, count(Samples.quiz().toDot(), "  n\\d+ -> n\\d+"));
    assertEquals(8, count(Samples.quiz().toMermaid(), "  n\\d+ --> n\\d+"));
    assertTrue(Samples.quiz().toDot().contains("label=\"w2\\nparameter\\nvalue 0\\ngradient 0.00332403\""));
    assertTrue(Samples.quiz().toMermaid().contains("(\"w2<br/>parameter<br/>value 0<br/>gradient 0.00332403\"):::parameter"));
    assertTrue(Samples.quiz().toDot(Direction.RESULT_ON_RIGHT).contains("rankdir=LR"));
    assertTrue(Samples.quiz().toMermaid(Direction.RESULT_ON_RIGHT).startsWith("flowchart LR\n"));
  }

  @Test
  void scopesAreBoxesInBoxes() {
    String dot = scoped().toDot();
    assertTrue(dot.contains("  subgraph cluster_0 { label=\"net\"\n    subgraph cluster_1 { label=\"a\"\n"), dot);
    assertTrue(dot.contains("label=\"w\\nparameter"), dot);
    String mermaid = scoped().toMermaid();
    assertTrue(mermaid.contains("  subgraph s0 [\"net\"]\n    subgraph s1 [\"a\"]\n"), mermaid);
    assertEquals(3, count(mermaid, " *end"));
  }

  @Test
  void largeGraphsAreFolded() {
    assertTrue(count(Samples.chain(3000).toDot(), "  n\\d+ \\[.*") <= 100);
    assertTrue(Samples.chain(3000).toDot().contains("shape=box3d"));
    assertTrue(count(Samples.chain(3000).toMermaid(), "  n\\d+\\[\\[.*") > 1);
  }

  @Test
  void mermaidIsMadeOfItsLines() {
    for (Lesson lesson : new Lesson[] {Samples.quiz(), Samples.hostile(), scoped(), Samples.chain(300)}) {
      String mermaid = lesson.toMermaid();
      mermaid.lines().forEach(line -> assertTrue(MERMAID_LINE.matcher(line).matches(), line));
      assertEquals(count(mermaid, " *subgraph .*"), count(mermaid, " *end"));
      assertFalse(mermaid.contains("%"), mermaid);
    }
  }

  @Test
  void graphvizTakesHostileNames() throws IOException, InterruptedException {
    String drawn = dot(Samples.hostile().toDot());
    Svgs.read(drawn.substring(drawn.indexOf("<svg")));
    assertFalse(drawn.contains("<script"), drawn);
    assertTrue(drawn.contains("a_b%c#$&amp;~^\\{}") && drawn.contains("&lt;script&gt;"), drawn);
    dot(scoped().toDot());
  }

  @AddLifecycleHook(Installed.ForGraphviz.class)
  @Property(tries = 12, seed = "21")
  void graphvizTakesRandomGraphs(@ForAll("graphs") RandomGraph graph, @ForAll boolean upwards) throws IOException, InterruptedException {
    Lesson lesson = Lesson.of(graph.result());
    String drawn = dot(lesson.toDot(upwards ? Direction.RESULT_ON_TOP : Direction.RESULT_ON_RIGHT));
    assertEquals(lesson.replay().graph().size(), drawn.split("class=\"node\"", -1).length - 1);
  }

  /// What Graphviz makes of it, without a word of complaint.
  private static String dot(String text) throws IOException, InterruptedException {
    Path executable = Installed.GRAPHVIZ.require();
    Process process = new ProcessBuilder(executable.toString(), "-Tsvg").redirectErrorStream(true).start();
    try (var out = process.getOutputStream()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    String drawn = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), drawn + text);
    assertTrue(drawn.startsWith("<?xml"), drawn);
    return drawn;
  }
}
