package dev.gradus.teach;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.WholeFile;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.teach.layout.Direction;
import dev.gradus.teach.page.Opening;
import dev.gradus.teach.page.Page;
import dev.gradus.teach.page.Question;
import dev.gradus.teach.page.Source;
import dev.gradus.teach.page.Training;
import dev.gradus.teach.picture.Dot;
import dev.gradus.teach.picture.Mermaid;
import dev.gradus.teach.picture.Picture;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Step;
import dev.gradus.teach.text.Derivation;
import dev.gradus.teach.text.Html;
import dev.gradus.teach.text.LessonJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One graph and its gradients as a lesson: the lecture's algorithm, step by step, from the very nodes that ran.
///
/// ```java
/// Lesson.of(loss).titled("A neuron").writeHtml(Path.of("neuron.html"));
/// ```
///
/// A lesson never changes; methods that say more about it give a new one.
public final class Lesson {
  private final Replay replay;
  private final Sentences sentences;
  private final String title;
  private final ImmutableList<String> text;
  private final Source source;
  private final @Nullable Training training;
  private final ImmutableList<Question> questions;
  private final Opening opening;

  private Lesson(
      Replay replay,
      Sentences sentences,
      String title,
      List<String> text,
      Source source,
      @Nullable Training training,
      List<Question> questions,
      Opening opening) {
    this.replay = replay;
    this.sentences = sentences;
    this.title = title;
    this.text = ImmutableList.copyOf(text);
    this.source = source;
    this.training = training;
    this.questions = ImmutableList.copyOf(questions);
    this.opening = opening;
  }

  /// A lesson about a loss of one element in which nothing is left to be fed.
  ///
  /// @throws dev.gradus.GradusException where the loss is no floating-point tensor of one element, or an input has no value
  public static Lesson of(Node loss) {
    Gradients gradients = Backward.from(loss);
    return of(loss, gradients, Interpreter.run(loss));
  }

  /// A lesson about a result, its gradients and a run.
  ///
  /// @param result what was differentiated
  /// @param gradients its gradients
  /// @param values a run of it, in which only leaves were fed
  public static Lesson of(Node result, Gradients gradients, Values values) {
    Replay replay = Replay.of(result, gradients, values);
    replay.evaluate();
    return new Lesson(replay, Sentences.english(), "", List.of(), Source.NONE, null, List.of(), Opening.START);
  }

  /// The lesson under a title.
  public Lesson titled(String newTitle) {
    return new Lesson(replay, sentences, newTitle, text, source, training, questions, opening);
  }

  /// The lesson with paragraphs to read first.
  public Lesson introducedBy(String... paragraphs) {
    return new Lesson(replay, sentences, title, List.of(paragraphs), source, training, questions, opening);
  }

  /// The lesson in another language.
  public Lesson in(Sentences language) {
    return new Lesson(replay, language, title, text, source, training, questions, opening);
  }

  /// The lesson with the text that its nodes were made by, so that the line of each node can be shown.
  public Lesson from(Source program) {
    return new Lesson(replay, sentences, title, text, program, training, questions, opening);
  }

  /// The lesson with training: its page can go on with w ← w − η ∂L/∂w.
  public Lesson trained(Training how) {
    return new Lesson(replay, sentences, title, text, source, how, questions, opening);
  }

  /// The lesson with questions of its own, which its page asks in the quiz.
  public Lesson asking(List<Question> asked) {
    return new Lesson(replay, sentences, title, text, source, training, asked, opening);
  }

  /// The lesson with a page that opens at a place of interest rather than at the first step.
  ///
  /// @throws GradusException where a node is chosen that is none of this lesson's
  public Lesson opening(Opening first) {
    if (first.node() != null && !replay.graph().contains(first.node())) {
      throw new GradusException("lesson", "a page opens at a node of its graph", first.node(), "choose one that the result needs");
    }
    return new Lesson(replay, sentences, title, text, source, training, questions, first);
  }

  /// The steps, from the first value to the last gradient.
  public List<Step> steps() {
    return replay.steps();
  }

  /// The nodes, values and gradients behind the steps.
  public Replay replay() {
    return replay;
  }

  /// One step in words.
  public String sentence(Step step) {
    return narration().sentence(step);
  }

  private Narration narration() {
    return new Narration(replay, sentences);
  }

  /// The title; where none was given, what the result is called.
  public String title() {
    return title.isEmpty() ? replay.labels().of(replay.result()) + " = " + narration().definition(replay.result()) : title;
  }

  /// The lesson as one page of HTML that needs nothing else.
  public String toHtml() {
    return new Page(narration(), title(), text, source, training, questions, opening).html();
  }

  /// The page as an element that notebooks can show among others.
  ///
  /// @param height in pixels
  public String toFrame(int height) {
    return "<iframe sandbox=\"allow-scripts\" style=\"width:100%;border:0;height:" + height + "px\" title=\""
        + Html.escaped(title()) + "\" srcdoc=\"" + Html.escaped(toHtml()) + "\"></iframe>";
  }

  /// Writes [#toHtml]. The file is complete or not there.
  public void writeHtml(Path file) throws IOException {
    WholeFile.write(file, toHtml().getBytes(StandardCharsets.UTF_8));
  }

  /// The graph with every value and gradient as one SVG picture, operands below and the result on top.
  public String toSvg() {
    return toSvg(Direction.RESULT_ON_TOP);
  }

  /// The same, read in another direction. Large graphs are folded into groups.
  public String toSvg(Direction direction) {
    return picture(direction).svg();
  }

  private Picture picture(Direction direction) {
    return Picture.of(narration(), title(), direction);
  }

  /// Writes [#toSvg()]. The file is complete or not there.
  public void writeSvg(Path file) throws IOException {
    writeSvg(file, Direction.RESULT_ON_TOP);
  }

  /// Writes [#toSvg(Direction)]. The file is complete or not there.
  public void writeSvg(Path file, Direction direction) throws IOException {
    WholeFile.write(file, toSvg(direction).getBytes(StandardCharsets.UTF_8));
  }

  /// Writes the picture of [#toSvg()] as PNG. The file is complete or not there.
  ///
  /// @param file where to
  /// @param scale pixels for each pixel of a usual screen, such as 2
  /// @throws dev.gradus.GradusException for a scale that is not above 0 or an image too large, and where the JVM finds no fonts
  public void writePng(Path file, double scale) throws IOException {
    writePng(file, scale, Direction.RESULT_ON_TOP);
  }

  /// Writes the picture of [#toSvg(Direction)] as PNG. The file is complete or not there.
  ///
  /// @param file where to
  /// @param scale pixels for each pixel of a usual screen, such as 2
  /// @param direction which way it reads
  /// @throws dev.gradus.GradusException for a scale that is not above 0 or an image too large, and where the JVM finds no fonts
  public void writePng(Path file, double scale, Direction direction) throws IOException {
    WholeFile.write(file, picture(direction).png(scale));
  }

  /// The graph in the language of Graphviz.
  public String toDot() {
    return toDot(Direction.RESULT_ON_TOP);
  }

  /// The same, read in another direction.
  public String toDot(Direction direction) {
    return Dot.of(narration(), title(), direction);
  }

  /// The graph in the language of Mermaid.
  public String toMermaid() {
    return toMermaid(Direction.RESULT_ON_TOP);
  }

  /// The same, read in another direction.
  public String toMermaid(Direction direction) {
    return Mermaid.of(narration(), title(), direction);
  }

  /// The values and the chain rule at every node as a LaTeX `align*` environment. It needs the package amsmath.
  public String toLatex() {
    return Derivation.of(narration());
  }

  /// Everything as one line of JSON: values, gradients and terms node by node, and the steps in words.
  public String toJson() {
    Map<String, Node> leaves = new LinkedHashMap<>();
    replay.leaves().forEach(leaf -> leaves.put(replay.labels().of(leaf), leaf));
    return toJson(leaves);
  }

  /// The same, where leaves have names of their own.
  ///
  /// @param named nodes by name; the gradients by those that are leaves stand together
  public String toJson(Map<String, ? extends Node> named) {
    return LessonJson.of(narration(), named);
  }
}
