package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.Typing;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.scalar.KernelFunction;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InstructionsTest {
  private final Parameter x = Parameter.of("x", Tensor.vector(1, 2, 3));
  private final Parameter y = Parameter.of("y", Tensor.vector(4, 5, 6));

  private static Instructions of(Node... wanted) {
    return Instructions.of(List.of(wanted), Interpreter.run(wanted));
  }

  @Test
  void theDataIsSmall() {
    Node z = x.times(y);
    Instructions all = of(z.plus(x.times(y)));
    assertEquals(
        "{\"types\":[[\"f64\",[3]]],\"ops\":[[\"leaf\"],[\"map\",0,0],[\"map\",1,0]],\"kinds\":[[0,0],[1,0,0,0],[2,0,0,0]],"
            + "\"code\":[0,0,1,2,1,1,3,2,2,2,1],\"locked\":[],\"stops\":[],\"recorded\":\"" + all.json().get("recorded").asText() + "\"}",
        all.json().toString());
    assertEquals("[\n(x0,x1)=>x0*x1,\n(x0,x1)=>x0+x1\n]", all.kernels());
    assertEquals(5, all.size());
  }

  @Test
  void aLongChainCostsFewBytesANode() {
    Node sum = Parameter.of("p", 0.5);
    Node factor = Parameter.of("q", 0.25);
    for (int i = 0; i < 20_000; i++) {
      sum = i % 2 == 0 ? Ops.sin(sum) : sum.times(factor);
    }
    Gradients gradients = Backward.from(sum);
    List<Node> wanted = new ArrayList<>();
    for (Node node : gradients.graph().nodes()) {
      wanted.add(node);
      wanted.add(gradients.of(node));
    }
    Instructions all = Instructions.of(wanted, Interpreter.run(sum));
    int bytes = all.json().toString().length() - all.json().get("recorded").asText().length();
    assertTrue(bytes < 12 * all.size(), bytes + " for " + all.size());
  }

  @Test
  void boxesAreOpened() {
    Node soft = Ops.softmax(x);
    Node result = Ops.sum(soft.times(soft));
    Instructions all = of(result);
    assertFalse(all.isPlayedBack(soft));
    List<Node> inside = Objects.requireNonNull(((Apply) soft).expansion()).graph().nodes();
    assertEquals(all.of(soft), all.of(inside.getLast()));
    assertEquals(all.of(x), all.of(inside.stream().filter(Input.class::isInstance).findFirst().orElseThrow()));
    assertTrue(all.contains(inside.get(1)));
    assertEquals(0, all.of(x));
    assertEquals(all.size() - 1, all.of(result));
  }

  /// A box inside a box, with several results.
  private record SumAndDifference() implements Composite {
    @Override
    public String name() {
      return "sum_and_difference";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      Node soft = Ops.softmax(x.get(0));
      return List.of(soft.plus(x.get(1)), soft.minus(x.get(1)));
    }
  }

  @Test
  void aTupleStandsForItsResults() {
    Apply both = new SumAndDifference().of(x, y);
    Node result = Ops.sum(both.results().get(1));
    Instructions all = of(both, result);
    assertTrue(all.contains(both.results().get(0)));
    GradusException e = assertThrows(GradusException.class, () -> all.of(both));
    assertTrue(String.valueOf(e.getMessage()).startsWith("instructions: the node must be among what was wanted"), e.getMessage());
    assertEquals(List.of(), all.playedBack());
    try (EnginePage page = new EnginePage(List.of(all))) {
      assertEquals(List.of(), page.evaluate("e[0].compare()"));
    }
  }

  /// An opaque op with two results.
  private record Halves() implements Opaque {
    @Override
    public String name() {
      return "halves";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return List.of(x.getFirst(), x.getFirst());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      return List.of(x.getFirst(), x.getFirst());
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return g.subList(0, 1);
    }
  }

  /// A box with an opaque op inside.
  private record Boxed() implements Composite {
    @Override
    public String name() {
      return "boxed";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(new Halves().of(x.getFirst()).results().get(1).times(2));
    }
  }

  @Test
  void opaqueOpsArePlayedBackAndLockWhatTheyDependOn() {
    Node half = new Halves().of(x.times(2)).results().get(1);
    Node boxed = new Boxed().of(x);
    Node result = half.plus(y).plus(boxed);
    Instructions all = of(result);
    assertEquals(List.of("halves"), all.playedBack());
    assertTrue(all.isPlayedBack(half));
    assertTrue(all.isPlayedBack(boxed));
    assertFalse(all.isPlayedBack(result));
    assertEquals(Set.of(x), all.locked());
    assertEquals("[" + all.of(x) + "]", all.json().get("locked").toString());
    try (EnginePage page = new EnginePage(List.of(all))) {
      assertEquals(List.of(), page.evaluate("e[0].compare()"));
    }
  }

  @Test
  void aJavaFunctionWithoutATwinIsPlayedBack() {
    KernelFunction cube = KernelFunction.of("cube", a -> a * a * a, a -> a.times(a).times(3));
    Node own = Elementwise.of("cube", cube, Typing.Rule.FLOATING).of(x);
    Instructions without = of(own.plus(y));
    assertEquals(List.of("cube"), without.playedBack());
    assertEquals(Set.of(x), without.locked());
    Node twin = Elementwise.of("cube", cube.withJavaScript("x => x * x * x"), Typing.Rule.FLOATING).of(x);
    Instructions with = of(twin.plus(y));
    assertEquals(List.of(), with.playedBack());
    assertEquals(Set.of(), with.locked());
  }

  @Test
  void integersThatDoublesDoNotHoldArePlayedBack() {
    Node large = Parameter.of("large", Tensor.scalar(3_000_000_000L));
    Node next = large.times(large).plus(1);
    Node back = next.minus(large.times(large));
    Instructions all = of(back, large.plus(1));
    assertEquals(List.of("add", "multiply", "subtract"), all.playedBack());
    assertEquals(Set.of(large), all.locked());
    assertFalse(all.isPlayedBack(large.plus(1)));
  }

  @Test
  void aNodeUnderAnotherNameSharesItsInside() {
    Node soft = Ops.softmax(x);
    Node named = soft.named("probabilities");
    Instructions all = of(soft, named);
    assertEquals(all.of(soft), all.of(named));
  }

  @Test
  void feedsAreTheLeavesValues() {
    Input input = Input.of("input", Shape.of(3));
    Node sum = Ops.sum(input.times(x));
    Instructions all = Instructions.of(List.of(sum), Interpreter.run(List.of(sum), Map.of(input, Tensor.vector(1, 1, 2), x, Tensor.vector(0, 1, 1))));
    assertEquals(3, EnginePage.recorded(all)[EnginePage.recorded(all).length - 1]);
  }
}
