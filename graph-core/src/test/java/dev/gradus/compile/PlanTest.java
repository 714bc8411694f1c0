package dev.gradus.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.gradus.diff.Backward;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Programs of one structure share a plan, and nothing else.
class PlanTest {
  private static final Settings SETTINGS = Settings.standard();

  /// One step of descent on (w · factor)² in three places.
  private static Program descent(Parameter w, double factor, Settings settings) {
    Node scaled = w.times(Constant.of(Tensor.vector(factor, 1, 1)));
    Node loss = scaled.times(scaled);
    Node slope = Backward.from(loss, Constant.of(Tensor.vector(1, 1, 1))).of(w);
    return Program.of(List.of(loss), Map.of(w, w.minus(slope.times(0.25))), settings);
  }

  @Test
  void structureIsPlannedOnce() {
    Parameter v = Parameter.of("v", Tensor.vector(1, 2, 3));
    Parameter w = Parameter.of("w", Tensor.vector(-4, 0, 8));
    Program first = descent(v, 1, SETTINGS);
    Program second = descent(w, 1, SETTINGS);
    assertSame(first.planner(), second.planner());
    Call one = first.call();
    Call two = second.call();
    one.run();
    two.run();
    assertEquals(List.of(Tensor.vector(1, 4, 9), Tensor.vector(16, 0, 64)),
        List.of(one.value(first.outputs().getFirst()), two.value(second.outputs().getFirst())));
    assertEquals(List.of(Tensor.vector(0.5, 1, 1.5), Tensor.vector(-2, 0, 4)), List.of(one.leaf(v), two.leaf(w)));
  }

  @Test
  void whatDiffersIsPlannedAnew() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2, 3));
    Planner planner = descent(w, 1, SETTINGS).planner();
    assertNotSame(planner, descent(w, 2, SETTINGS).planner(), "another constant");
    assertNotSame(planner, descent(w, 1, SETTINGS.withThreads(SETTINGS.threads() + 1)).planner(), "other settings");
    Parameter longer = Parameter.of("w", Tensor.vector(1, 2, 3, 4));
    assertNotSame(Program.of(w.times(w)).planner(), Program.of(longer.times(longer)).planner(), "another shape");
    assertNotSame(
        Program.of(List.of(w.times(w)), Map.of(w, w.times(w)), SETTINGS).planner(),
        Program.of(List.of(w.times(w)), SETTINGS).planner(),
        "an update");
  }

  @Test
  void largeStructuresAreKeptToo() {
    assertSame(chain(1).planner(), chain(2).planner());
  }

  private static Program chain(double start) {
    Node x = Parameter.of("x", Tensor.scalar(start));
    for (int i = 0; i < 70_000; i++) {
      x = x.times(x);
    }
    return Program.of(x);
  }

  @Test
  void leavesStayApartWhereTheirOrderIsTheStructure() {
    Parameter a = Parameter.of("a", Tensor.vector(1, 2));
    Parameter b = Parameter.of("b", Tensor.vector(10, 20));
    assertEquals(List.of(Tensor.vector(-9, -18)), Program.of(a.minus(b)).run(Map.of()));
    assertEquals(List.of(Tensor.vector(9, 18)), Program.of(b.minus(a)).run(Map.of()));
    assertEquals(List.of(Tensor.vector(0, 0)), Program.of(b.minus(b)).run(Map.of()));
  }
}
