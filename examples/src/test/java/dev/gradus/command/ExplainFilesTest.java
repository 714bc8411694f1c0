package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainFilesTest {
  private final Path folder;

  ExplainFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static CommandRun explain(String... options) {
    List<String> all = new ArrayList<>(List.of("explain", "h = tanh(w*x + b); h^2", "w=1", "x=2", "b=0"));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void severalFilesAreWrittenAtOnce() throws IOException {
    CommandRun run = explain("--html", file("a.html"), "--svg", file("a.svg"), "--png", file("a.png"), "--title", "A <neuron>");
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    assertEquals(3, run.out().lines().count(), run.out());
    String html = Files.readString(folder.resolve("a.html"));
    assertTrue(html.contains("<title>A &lt;neuron&gt;</title>"), "the title");
    assertTrue(html.contains("h = tanh(w*x + b); h^2"), "the source");
    String svg = Files.readString(folder.resolve("a.svg"));
    assertTrue(svg.startsWith("<svg") && svg.contains(">A &lt;neuron&gt;</title>") && svg.contains("∂L/∂w"), svg);
    assertEquals("PNG", new String(Files.readAllBytes(folder.resolve("a.png")), 1, 3, StandardCharsets.US_ASCII));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void picturesReadInBothDirections() throws IOException {
    assertEquals(0, explain("--svg", file("up.svg")).code());
    assertEquals(0, explain("--svg", file("right.svg"), "--left-to-right").code());
    assertTrue(height("up.svg") > height("right.svg"));
    assertTrue(explain("--dot", "--left-to-right").out().contains("rankdir=LR"));
  }

  private double height(String name) throws IOException {
    return Double.parseDouble(Files.readString(folder.resolve(name)).replaceFirst("(?s).*?height=\"([0-9.]+)\".*", "$1"));
  }

  @Test
  void textsArePrintedAlone() throws JsonProcessingException {
    CommandRun dot = explain("--dot", "--html", file("a.html"));
    assertTrue(dot.out().startsWith("digraph {") && dot.out().stripTrailing().endsWith("}"), dot.out());
    assertTrue(dot.err().contains("a.html"), dot.err());
    assertTrue(explain("--mermaid").out().startsWith("flowchart BT"));
    CommandRun both = explain("--json", "--latex");
    JsonNode json = new ObjectMapper().readTree(both.out().lines().findFirst().orElseThrow());
    assertEquals("PARAMETERS", json.get("steps").get(json.get("steps").size() - 1).get("kind").asText());
    assertTrue(both.out().contains("\\begin{align*}"), both.out());
  }

  @Test
  void sentencesComeInAnotherLanguage() throws IOException {
    Path german = folder.resolve("deutsch.properties");
    Files.writeString(german, "language = de\nstep.forward.op = {u} ist {formula}, also {value}.\npicture.forward = vorwärts: Werte\n");
    CommandRun run = explain("--json", "--svg", file("a.svg"), "--language", german.toString());
    assertTrue(run.out().contains("h ist tanh(v2), also 0.964028."), run.out());
    String svg = Files.readString(folder.resolve("a.svg"));
    assertTrue(svg.contains("lang=\"de\"") && svg.contains("vorwärts: Werte"), svg);
  }

  @Test
  void whatCannotBeWrittenIsToldAndNothingIsLeft() throws IOException {
    for (String[] options : new String[][] {
        {"--html", file("none/a.html")}, {"--svg", folder.toString()}, {"--svg", file("a.svg"), "--png", file("none/a.png")}, {"--svg", file("a"), "--html", file("b/../a")},
        {"--language", file("none.properties"), "--svg", file("a.svg")}, {"--svg"}}) {
      CommandRun refused = explain(options);
      assertEquals(2, refused.code(), refused.out());
      assertEquals("", refused.out());
      assertTrue(refused.err().startsWith("gradus: ") && !refused.err().contains("\tat "), refused.err());
    }
    assertEquals(2, CommandRun.of("explain", "sigmod(x)", "x=1", "--svg", file("a.svg")).code());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }
}
