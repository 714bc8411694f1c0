package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final String[] QUIZ = {
    "explain", "sigmoid(sigmoid(x1*w1)*w2 + x2)", "x1=11", "x2=5", "w1=0", "w2=0"
  };

  private static CommandRun explain(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "explain";
    System.arraycopy(words, 0, all, 1, words.length);
    return CommandRun.of(all);
  }

  private static JsonNode json(String... words) throws JsonProcessingException {
    List<String> all = new ArrayList<>(List.of("--json"));
    all.addAll(List.of(words));
    CommandRun run = explain(all.toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    assertEquals("", run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void theFirstNumberThatIsNotFiniteIsNamedAsTheTablesDo() {
    String given = CommandRun.of("explain", "x*y", "x=nan", "y=0").out().strip();
    assertTrue(given.endsWith("The first number that is not finite: x: its value is NaN, as it was given (formula:1:2)"), given);
    String forward = CommandRun.of("explain", "log(z)", "z=0").out().strip();
    assertTrue(forward.endsWith("not finite: L: its value is -Infinity, but its operands are finite: z = 0.0 (formula:1:1)"), forward);
    String backward = CommandRun.of("explain", "sqrt(x)*y", "x=0", "y=0").out();
    assertTrue(backward.contains("not finite: on the way to the gradient of x, d_sqrt"), backward);
  }

  @Test
  void aValueThatCannotBeReadIsShownWithItsName() {
    CommandRun run = CommandRun.of("explain", "x*y", "x=1", "y=a");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("but got y=a; write 2 or [[1, 2], [3, 4]] (column 3)"), run.err());
  }

  @Test
  void theQuizInNumbers() throws JsonProcessingException {
    JsonNode quiz = json("sigmoid(sigmoid(x1*w1)*w2 + x2)", "x1=11", "x2=5", "w1=0", "w2=0");
    double expected = 0.0033240283353950773;
    assertEquals(expected, quiz.get("gradients").get("w2").asDouble(), 1e-15 * expected);
    assertEquals(0, quiz.get("gradients").get("w1").asDouble());
    assertEquals(1 / (1 + Math.exp(-5)), quiz.get("value").asDouble(), 1e-15);
    assertEquals(9, quiz.get("nodes").size());
    assertEquals("[0,1,2,3,4,5,6,7,8]", quiz.get("order").toString());
  }

  @Test
  void everyNodeSaysWhereItsGradientComesFrom() throws JsonProcessingException {
    JsonNode whole = json("y = x * x; exp(y) + y", "x=0.5");
    JsonNode y = whole.get("nodes").get(1);
    assertEquals("y", y.get("name").asText());
    assertEquals("multiply", y.get("op").asText());
    assertEquals("[0,0]", y.get("inputs").toString());
    assertEquals("[]", y.get("shape").toString());
    assertEquals("FLOWS", y.get("flow").asText());
    assertEquals(2, y.get("terms").size());
    double sum = 0;
    for (JsonNode term : y.get("terms")) {
      double product = term.get("upstream").asDouble() * term.get("local").asDouble();
      assertEquals(product, term.get("product").asDouble(), 1e-15);
      assertFalse(term.get("rule").asText().isEmpty());
      assertTrue(term.get("user").asInt() > y.get("id").asInt());
      sum += product;
    }
    assertEquals(1 + Math.exp(0.25), sum, 1e-15);
    assertEquals(sum, y.get("gradient").asDouble());
    assertEquals(2 * 0.5 * sum, whole.get("gradients").get("x").asDouble(), 1e-15);
  }

  @Test
  void tensorsAreNestedArraysAndRulesHaveNoLocalFactor() throws JsonProcessingException {
    JsonNode whole = json("sum(x @ W)", "x=[[1, 2]]", "W=[[1, 2], [3, 4]]");
    assertEquals("[[1.0,1.0],[2.0,2.0]]", whole.get("gradients").get("W").toString());
    JsonNode term = whole.get("nodes").get(0).get("terms").get(0);
    assertTrue(term.get("local").isNull());
    assertEquals("g @ yᵀ", term.get("rule").asText());
    JsonNode scaled = json("sum(x * 3)", "x=[1, 2]").get("nodes").get(0).get("terms").get(0);
    assertEquals("[3.0,3.0]", scaled.get("local").toString());
  }

  @Test
  void numbersThatJsonLacksAreStrings() throws JsonProcessingException {
    JsonNode root = json("sqrt(x) + y", "x=0", "y=nan");
    assertEquals("\"nan\"", root.get("value").toString());
    assertEquals("\"inf\"", root.get("gradients").get("x").toString());
    assertEquals("\"-inf\"", json("0 - sqrt(x)", "x=0").get("gradients").get("x").toString());
  }

  @Test
  void gradientsThatDoNotArriveAreZerosWithAReason() throws JsonProcessingException {
    JsonNode whole = json("h = unused * 2; stop_gradient(s) * x + sum(take(t, k))", "unused=1", "s=2", "x=3", "t=[4, 5]", "k=[1]");
    JsonNode gradients = whole.get("gradients");
    assertEquals(0, gradients.get("s").asDouble());
    assertEquals(0, gradients.get("unused").asDouble());
    assertEquals("[0.0,1.0]", gradients.get("t").toString());
    List<String> flows = new ArrayList<>();
    whole.get("nodes").forEach(node -> flows.add(node.get("op").asText() + " " + node.get("flow").asText()));
    assertTrue(flows.contains("parameter STOPPED"), flows.toString());
    assertTrue(flows.contains("constant DISCRETE"), flows.toString());
  }

  @Test
  void severalResultsStandAsOneNodeAndItsParts() throws JsonProcessingException {
    JsonNode nodes = json("a, b = split(x, sections=2); dot(a, b)", "x=[1, 2, 3, 4]").get("nodes");
    assertTrue(nodes.get(1).get("value").isNull());
    assertEquals("split[0]", nodes.get(2).get("op").asText());
    assertEquals("a", nodes.get(2).get("name").asText());
    assertEquals("[1.0,2.0]", nodes.get(2).get("value").toString());
  }

  @Test
  void aResultOfSeveralElementsNeedsAnUpstreamGradient() throws JsonProcessingException {
    CommandRun refused = explain("x * 2", "x=[1, 2]");
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("needs an upstream gradient"), refused.err());
    assertEquals("[6.0,8.0]", json("x * 2", "x=[1, 2]", "--upstream", "[3, 4]").get("gradients").get("x").toString());
  }

  @Test
  void theWalkFitsInto80Columns() {
    CommandRun run = CommandRun.of(QUIZ);
    assertEquals(0, run.code());
    assertTrue(run.out().contains("Γ(u)") && run.out().contains("0.0033240283353950777"), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
  }

  @Test
  void aNumberThatIsNotFiniteIsTracedToItsNode() {
    CommandRun run = explain("y = x - 2; log(y) * 3", "x=1");
    assertTrue(run.out().contains("not finite: v1: its value is NaN, but its operands are not NaN: y = -1.0"), run.out());
    assertTrue(run.out().contains("(formula:1:12)"), run.out());
    assertFalse(CommandRun.of(QUIZ).out().contains("not finite"));
  }

  @Test
  void latexIsWhole() {
    String latex = explain("--latex", "theta1 * sigmoid(x) + sum(softmax(b, axis=0) * b)", "theta1=2", "x=0", "b=[1, 2]").out();
    assertTrue(latex.startsWith("\\begin{align*}"), latex);
    assertTrue(latex.stripTrailing().endsWith("\\end{align*}"), latex);
    assertTrue(latex.contains("\\theta_{1} \\, v_{"), latex);
    assertTrue(latex.contains("\\frac{\\partial L}{\\partial \\theta_{1}} &= "), latex);
    assertEquals(count(latex, '{'), count(latex, '}'));
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  @Test
  void badInputIsToldWithoutAStackTrace() {
    for (String words :
        List.of("sigmod(x)|x=1", "x|x", "x|x=1|x=2", "x|x=a", "x*y|x=1", "x|x=1|y=2", "x >|x=1", "x > 1|x=1", "x|x=1|--upstream=[1,2]")) {
      CommandRun run = explain(Splitter.on('|').splitToList(words).toArray(String[]::new));
      assertEquals(2, run.code(), words);
      assertEquals("", run.out(), words);
      assertTrue(run.err().startsWith("gradus: ") && !run.err().contains("\tat "), run.err());
    }
  }
}
