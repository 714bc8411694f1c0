package dev.gradus.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.formula.Formula;
import dev.gradus.graph.Node;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.grading.Grade;
import dev.gradus.teach.grading.Grading;
import dev.gradus.teach.grading.Mark;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.text.Json;
import dev.gradus.tensor.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Grades a student's own gradients of a formula.
@Command(
    name = "grade",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Grades a student's gradients: which is the first wrong one, and what was probably done there.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:everything is right", "1:a number is wrong or that of a leaf is missing", "2:bad input"},
    footer = {
      "",
      "A file of answers is JSON, {\"w\": 0.5} or {\"gradients\": {\"w\": 0.5}, \"values\": {\"h\": 2}}, or CSV with the columns node, "
          + "gradient and, where wanted, value and element. Nodes have the names that 'gradus explain' prints.",
      "",
      "Example: gradus grade 'h = x*w; tanh(h)' x=2 w=3 --answers answers.json"
    })
final class GradeCommand implements Callable<Integer> {
  private static final int WRONG = 1;

  @Mixin private FormulaArguments arguments;

  @Option(names = "--answers", required = true, paramLabel = "FILE", description = "The student's numbers: FILE.json or FILE.csv.")
  private Path answers;

  @Option(
      names = "--tolerance",
      paramLabel = "RELATIVE",
      defaultValue = "0.005",
      description = "The relative difference that counts as right (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private Language language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Formula.Bound graph = arguments.build();
    Replay replay = Replay.of(graph.result(), arguments.gradients(graph.result()), Interpreter.run(graph.result()));
    Sentences sentences = language.sentences();
    Grade grade = Grading.of(replay).tolerance(tolerance).grade(AnswerFile.read(answers, shapes(replay)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(json(grade, sentences)));
    } else {
      out.print(grade.text(sentences));
    }
    return grade.isUnreadable() ? Main.BAD_INPUT : grade.passed() ? 0 : WRONG;
  }

  private static Map<String, Shape> shapes(Replay replay) {
    return replay.order().stream().filter(node -> !node.isTuple()).collect(Collectors.toMap(replay.labels()::of, Node::shape));
  }

  private static JsonNode json(Grade grade, Sentences sentences) {
    ObjectNode all = Json.NODES.objectNode();
    all.put("passed", grade.passed());
    all.set("first", grade.first().<JsonNode>map(mark -> json(mark, sentences)).orElse(Json.NODES.nullNode()));
    ArrayNode gradients = all.putArray("gradients");
    grade.gradients().forEach(mark -> gradients.add(json(mark, sentences)));
    ArrayNode values = all.putArray("values");
    grade.values().forEach(mark -> values.add(json(mark, sentences)));
    ArrayNode unknown = all.putArray("unknown");
    grade.unknown().forEach(name -> unknown.addObject().put("name", name.name()).put("nearest", name.nearest()));
    return all;
  }

  private static ObjectNode json(Mark mark, Sentences sentences) {
    ObjectNode json = Json.NODES.objectNode();
    json.put("node", mark.label());
    json.put("of", mark.isGradient() ? "gradient" : "value");
    json.put("verdict", mark.verdict().name().toLowerCase(Locale.ROOT));
    json.set("given", mark.given() == null ? Json.NODES.nullNode() : Json.of(mark.given()));
    json.set("right", Json.of(mark.right()));
    if (mark.finding() != null) {
      json.put("mistake", mark.finding().mistake());
      json.put("says", mark.finding().sentence(sentences));
    }
    return json;
  }
}
