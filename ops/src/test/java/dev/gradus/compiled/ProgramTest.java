package dev.gradus.compiled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.compile.Call;
import dev.gradus.compile.Program;
import dev.gradus.compile.Settings;
import dev.gradus.diff.Backward;
import dev.gradus.diff.Gradients;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.RandomDraw;
import dev.gradus.graph.TensorType;
import dev.gradus.graph.View;
import dev.gradus.laws.Vectors;
import dev.gradus.ops.Ops;
import dev.gradus.run.Interpreter;
import dev.gradus.run.Values;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a program and its calls promise to those who use them.
class ProgramTest {
  private static final Settings SETTINGS = Settings.standard();

  private static Node input(int... dims) {
    return Input.of("x", DType.F64, Shape.of(dims));
  }

  private static void assertInterpreted(List<Node> outputs, Map<Node, Tensor> feeds) {
    List<Tensor> got = Program.of(outputs, SETTINGS).run(feeds);
    Values run = Interpreter.run(outputs, feeds);
    for (int i = 0; i < outputs.size(); i++) {
      Tensor want = run.of(outputs.get(i));
      Tensor have = got.get(i);
      int at = i;
      assertEquals(want.dtype(), have.dtype());
      double tolerance = want.dtype() == DType.F32 ? 1e-5 : 1e-12;
      assertTrue(have.closeTo(want, tolerance, tolerance), () -> outputs.get(at) + ": got " + have + ", want " + want);
    }
  }

  // Feeds.

  private static String refusal(Program program, Map<Node, Tensor> feeds) {
    return String.valueOf(assertThrows(GradusException.class, () -> program.run(feeds)).getMessage());
  }

  @Test
  void wrongFeedsAreToldBeforeAnythingRuns() {
    Node x = input(2);
    int[] runs = {0};
    Node counted = new Counting(runs).of(x);
    Program program = Program.of(counted);
    assertTrue(refusal(program, Map.of()).contains("every input must be fed"));
    assertTrue(refusal(program, Map.of(x, Tensor.vector(1, 2, 3))).contains("the value fed to x must be f64[2], but got f64[3]"));
    assertTrue(refusal(program, Map.of(x, Tensor.vector(1, 2).cast(DType.F32))).contains("f32[2]"));
    String inner = refusal(program, Map.of(x, Tensor.vector(1, 2), counted, Tensor.vector(1, 2)));
    assertTrue(inner.contains("run: only inputs and parameters are given values, but got counting"), inner);
    assertEquals(0, runs[0]);
    program.run(Map.of(x, Tensor.vector(1, 2)));
    assertEquals(1, runs[0]);
  }

  /// A leaf that simplification made unnecessary may be fed all the same, with what fits it.
  @Test
  void leavesThatAreNotReadMayBeFed() {
    Node x = input(2);
    Node y = Input.of("y", DType.F64, Shape.of(2));
    Node two = Ops.where(Ops.constant(Tensor.scalar(true)), x, y);
    assertEquals(List.of(Tensor.vector(1, 2)), Program.of(two).run(Map.of(x, Tensor.vector(1, 2), y, Tensor.vector(5, 6))));
    assertTrue(refusal(Program.of(two), Map.of(x, Tensor.vector(1, 2), y, Tensor.vector(5))).contains("must be f64[2]"));
    assertTrue(refusal(Program.of(two), Map.of(x, Tensor.vector(1, 2))).contains("every input must be fed"));
  }

  /// Counts how often it runs.
  @SuppressWarnings("ArrayRecordComponent") // a counter
  private record Counting(int[] runs) implements Opaque {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return x;
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      runs[0]++;
      return x;
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      return g;
    }
  }

  @Test
  void wrongArraysAreToldAndNothingIsTouched() {
    Node x = input(2);
    Node y = x.times(3);
    Call call = Program.of(y).call();
    assertThrows(GradusException.class, () -> call.input(x, new double[3]));
    assertThrows(GradusException.class, () -> call.input(x, new float[2]));
    assertThrows(GradusException.class, () -> call.input(x, "text"));
    assertThrows(GradusException.class, () -> call.output(y, new double[1]));
    assertThrows(GradusException.class, () -> call.output(x, new double[2]));
    assertThrows(GradusException.class, () -> call.input(y, new double[2]));
    assertThrows(GradusException.class, () -> call.set(y, Tensor.vector(1, 2)));
    assertThrows(GradusException.class, () -> call.set(x, Tensor.vector(1, 2, 3)));
    double[] out = {7, 7};
    call.output(y, out);
    assertTrue(String.valueOf(assertThrows(GradusException.class, call::run).getMessage()).contains("every input must be fed"));
    assertArrayEquals(new double[] {7, 7}, out);
    double[] in = {1, 2};
    call.input(x, in).run();
    assertArrayEquals(new double[] {3, 6}, out);
    in[0] = 5;
    call.run();
    assertArrayEquals(new double[] {15, 6}, out);
  }

  @Test
  void wrongUpdatesAreTold() {
    Parameter w = Ops.parameter("w", 1);
    Node y = w.times(2);
    assertThrows(GradusException.class, () -> Program.of(List.of(y), Map.of(y, w), SETTINGS));
    assertThrows(GradusException.class, () -> Program.of(List.of(y), Map.of(w, Ops.constant(Tensor.scalar(1f))), SETTINGS));
    assertThrows(GradusException.class, () -> Program.of(List.of(y), Map.of(w, Ops.constant(Tensor.vector(1, 2))), SETTINGS));
    assertThrows(GradusException.class, () -> SETTINGS.withThreads(0));
  }

  // Threads.

  @Test
  void oneProgramRunsInSeveralThreads() throws ExecutionException, InterruptedException {
    Node x = input(40, 300);
    Parameter w = Parameter.of("w", Tensor.normal(Shape.of(300, 50), 1));
    Node loss = Ops.sum(Ops.tanh(Ops.matmul(x, w)));
    Node gradient = Backward.from(loss).of(w);
    Program program = Program.of(List.of(loss), Map.of(w, w.minus(gradient.times(0.01))), SETTINGS.withThreads(3));
    List<List<Tensor>> want = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      want.add(trained(program, x, w, loss, k));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Tensor>>> got = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        int seed = k;
        got.add(threads.submit(() -> trained(program, x, w, loss, seed)));
      }
      for (int k = 0; k < 4; k++) {
        assertEquals(want.get(k), got.get(k).get());
      }
      List<Future<List<Tensor>>> runs = new ArrayList<>();
      for (int k = 0; k < 8; k++) {
        Tensor value = Tensor.normal(Shape.of(40, 300), k % 2);
        runs.add(threads.submit(() -> program.run(Map.of(x, value))));
      }
      for (int k = 0; k < 8; k++) {
        assertEquals(program.run(Map.of(x, Tensor.normal(Shape.of(40, 300), k % 2))), runs.get(k).get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static List<Tensor> trained(Program program, Node x, Node w, Node loss, int seed) {
    Call call = program.call().set(x, Tensor.normal(Shape.of(40, 300), seed));
    for (int step = 0; step < 10; step++) {
      call.run();
    }
    return List.of(call.value(loss), call.leaf(w));
  }

  // Pads.

  private static Node interleaved(Node x, int start, int step) {
    return new View.Pad(List.of(0, start), List.of(0, step - 1 - start), List.of(1, step)).of(x);
  }

  /// Sums of pads whose elements take turns are written to one array; with vectors and without, signs of zeros too.
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void padsThatInterleaveAreOneArray(int count) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      Node sum = null;
      Map<Node, Tensor> feeds = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        Input x = Input.of("x" + i, dtype, Shape.of(4, 37));
        Node part = interleaved(x.times(0.5), count - 1 - i, count);
        sum = sum == null ? part : sum.plus(part);
        Tensor value = Tensor.normal(Shape.of(4, 37), i).cast(dtype);
        feeds.put(x, i == 0 ? Tensor.full(Shape.of(4, 37), dtype, -0.0) : value);
      }
      Program program = Program.of(sum);
      assertEquals((long) sum.shape().size() * (dtype == DType.F32 ? 4 : 8), program.plannedBytes(), program.explain());
      Tensor want = Interpreter.run(List.of(sum), feeds).of(sum);
      assertEquals(List.of(want), program.run(feeds));
      Node node = sum;
      assertEquals(List.of(want), Vectors.atOnce(() -> Program.of(List.of(node), SETTINGS.withThreads(3)).run(feeds)));
    }
  }

  /// Where places are left out, or taken twice, or others want a pad too, it stays a sum.
  @Test
  void padsThatDoNotInterleaveAreAdded() {
    Node x = input(3, 8);
    Map<Node, Tensor> feeds = Map.of(x, Tensor.normal(Shape.of(3, 8), 1));
    Node even = interleaved(x, 0, 2);
    assertInterpreted(List.of(interleaved(x, 0, 2).plus(interleaved(x.times(2), 0, 2))), feeds);
    assertInterpreted(List.of(interleaved(x, 0, 3).plus(interleaved(x.times(2), 1, 3))), feeds);
    assertInterpreted(List.of(even.plus(interleaved(x.times(2), 1, 2)), even.times(3)), feeds);
    Node across = new View.Pad(List.of(1, 0), List.of(0, 1), List.of(1, 2)).of(x.times(3));
    Node down = new View.Pad(List.of(0, 1), List.of(1, 0), List.of(1, 2)).of(x);
    assertInterpreted(List.of(across.plus(down)), feeds);
  }

  /// A sum broadcasts its operands: pads of other types than its own are none of its places.
  @Test
  void padsThatAreBroadcastAreAdded() {
    Input one = Input.of("one", DType.F64, Shape.of(1));
    Input three = Input.of("three", DType.F64, Shape.of(3));
    Input matrix = Input.of("matrix", DType.F64, Shape.of(2, 3));
    Map<Node, Tensor> feeds =
        Map.of(one, Tensor.vector(5), three, Tensor.vector(1, 2, 3), matrix, Tensor.normal(Shape.of(2, 3), 1));
    Node first = new View.Pad(List.of(0), List.of(0), List.of(2)).of(one);
    Node second = new View.Pad(List.of(1), List.of(0), List.of(2)).of(one.times(2));
    assertInterpreted(List.of(first.plus(second)), feeds);
    Node row = new View.Pad(List.of(1), List.of(1), List.of(1)).of(three);
    Node all = new View.Pad(List.of(1, 1), List.of(1, 1), List.of(1, 1)).of(matrix);
    assertInterpreted(List.of(row.plus(all)), feeds);
  }

  @Test
  @Timeout(20)
  void longSumsAreCompiled() {
    Input x = Input.of("x", DType.F64, Shape.of(3));
    Node sum = x;
    for (int i = 1; i < 20_000; i++) {
      sum = sum.plus(x.times(i));
    }
    double factor = 1 + 20_000.0 * 19_999 / 2;
    assertEquals(List.of(Tensor.vector(factor, 2 * factor, 3 * factor)), Program.of(sum).run(Map.of(x, Tensor.vector(1, 2, 3))));
  }

  // Products.

  /// A factor of 0 makes no NaN of a product go away, whoever multiplies.
  @ParameterizedTest
  @ValueSource(ints = {4, 100})
  void zeroTimesNanStaysNan(int size) {
    for (DType dtype : new DType[] {DType.F32, DType.F64}) {
      Input a = Input.of("a", dtype, Shape.of(size, size));
      Input b = Input.of("b", dtype, Shape.of(size, size));
      Input c = Input.of("c", dtype, Shape.of(size, size));
      Node sum = c.plus(Ops.matmul(a, b).times(dtype == DType.F32 ? 1e-60 : 0));
      Tensor nan = Tensor.full(Shape.of(size, size), dtype, Double.NaN);
      Tensor ones = Tensor.full(Shape.of(size, size), dtype, 1);
      assertEquals(List.of(nan), Program.of(sum).run(Map.of(a, nan, b, ones, c, ones)));
    }
  }

  // Updates.

  private static void assertUpdated(Parameter leaf, Node next, Map<Input, Tensor> feeds) {
    Call call = Program.of(List.of(), Map.of(leaf, next), SETTINGS).call();
    feeds.forEach(call::set);
    Tensor want = leaf.initial();
    for (int step = 0; step < 3; step++) {
      Map<Node, Tensor> now = new LinkedHashMap<>(feeds);
      now.put(leaf, want);
      want = Interpreter.run(List.of(next), now).of(next);
      call.run();
      assertEquals(want, call.leaf(leaf));
    }
  }

  /// A leaf whose next value comes from parts of itself, piece by piece.
  @Test
  void delayLinesMoveOn() {
    Parameter h = Parameter.of("h", Tensor.vector(1, 2, 3, 4, 5, 6, 7, 8));
    Input x = Input.of("x", DType.F64, Shape.of(1));
    Node kept = Ops.slice(h, List.of(0), List.of(7));
    assertUpdated(h, Ops.concat(0, x.times(2), kept), Map.of(x, Tensor.vector(9)));
    Parameter line = Parameter.of("line", Tensor.vector(1, 2, 3, 4, 5));
    Input even = Input.of("even", DType.F64, Shape.of(3));
    Node places = new View.Pad(List.of(0), List.of(0), List.of(2)).of(even.times(2));
    Node between = new View.Pad(List.of(1), List.of(1), List.of(2)).of(Ops.slice(line, List.of(0), List.of(2)));
    assertUpdated(line, places.plus(between), Map.of(even, Tensor.vector(7, 8, 9)));
  }

  @Test
  void bordersAreCleared() {
    Parameter h = Parameter.of("h", Tensor.vector(1, 2, 3, 4, 5));
    Node inside = Ops.slice(h, List.of(1), List.of(4));
    assertUpdated(h, new View.Pad(List.of(1), List.of(1), List.of(1)).of(inside), Map.of());
  }

  @Test
  void refusedUpdatesLeaveLeavesUntouched() {
    Parameter w = Parameter.of("w", Tensor.vector(1, 2, 3));
    Node loss = Ops.sum(Ops.square(w));
    Node gradient = Backward.from(loss).of(w);
    Call call = Program.of(List.of(loss), Map.of(w, w.minus(gradient.times(0.25))), SETTINGS).call();
    assertFalse(call.run(() -> call.value(loss).item() < 14));
    assertEquals(Tensor.vector(1, 2, 3), call.leaf(w));
    assertTrue(call.run(() -> call.value(loss).item() == 14));
    assertEquals(Tensor.vector(0.5, 1, 1.5), call.leaf(w));
    assertEquals(14, call.value(loss).item());
  }

  @Test
  void updatesHappenAllAtOnce() {
    Parameter a = Parameter.of("a", Tensor.vector(1, 2));
    Parameter b = Parameter.of("b", Tensor.vector(10, 20));
    Parameter c = Parameter.of("c", Tensor.vector(100, 200));
    Call swap = Program.of(List.of(), Map.of(a, b, b, a), SETTINGS).call();
    swap.run();
    assertEquals(List.of(Tensor.vector(10, 20), Tensor.vector(1, 2)), List.of(swap.leaf(a), swap.leaf(b)));
    Map<Node, Node> ring = new LinkedHashMap<>();
    ring.put(a, b.times(2));
    ring.put(b, c.plus(a));
    ring.put(c, a);
    Call around = Program.of(List.of(a), ring, SETTINGS).call();
    around.run();
    assertEquals(Tensor.vector(20, 40), around.leaf(a));
    assertEquals(Tensor.vector(101, 202), around.leaf(b));
    assertEquals(Tensor.vector(1, 2), around.leaf(c));
    assertEquals(Tensor.vector(1, 2), around.value(a), "the output is the value of the run, not the next one");
  }

  @Test
  void severalLeavesMayHaveOneNextValueAndOneAnother() {
    Parameter a = Parameter.of("a", Tensor.vector(1, 2));
    Parameter b = Parameter.of("b", Tensor.vector(10, 20));
    Parameter c = Parameter.of("c", Tensor.vector(5, 6));
    Node sum = a.plus(b);
    Map<Node, Node> updates = new LinkedHashMap<>();
    updates.put(a, sum);
    updates.put(b, sum);
    updates.put(c, Ops.constant(Tensor.vector(3, 4)));
    Call call = Program.of(List.of(), updates, SETTINGS).call();
    call.run();
    call.run();
    assertEquals(List.of(Tensor.vector(22, 44), Tensor.vector(22, 44), Tensor.vector(3, 4)), List.of(call.leaf(a), call.leaf(b), call.leaf(c)));
  }

  /// A leaf must not be written over while a matrix product, or another place of the same loop, still reads it.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesAreWrittenAfterTheyAreRead(boolean natives) {
    Settings settings = natives ? SETTINGS : SETTINGS.withoutNatives();
    Parameter w = Parameter.of("w", Tensor.normal(Shape.of(150, 150), 1));
    Parameter v = Parameter.of("v", Tensor.normal(Shape.of(150, 150), 2));
    List<Node> nexts = List.of(
        w.minus(Ops.matmul(w, v).times(0.1)),
        w.plus(Ops.matmul(v, w)),
        w.plus(Ops.matmul(Ops.transpose(w), w)),
        w.minus(Ops.transpose(w)),
        w.plus(Ops.flip(w, 1)),
        Ops.slice(Ops.concat(0, w, w), List.of(3, 0), List.of(153, 150), List.of(1, 1)).plus(w),
        Ops.softmax(w).times(w));
    for (Node next : nexts) {
      Tensor want = Interpreter.run(next).of(next);
      Call call = Program.of(List.of(), Map.of(w, next), settings).call();
      call.run();
      assertTrue(call.leaf(w).closeTo(want, 1e-11, 1e-11), () -> next.toString());
    }
  }

  @Test
  void valuesAreWrittenOverOnlyWhereNobodyReadsThemAtOnce() {
    Node x = input(150, 150);
    Parameter v = Parameter.of("v", Tensor.normal(Shape.of(150, 150), 2));
    Node h = Ops.tanh(x);
    Map<Node, Tensor> feeds = Map.of(x, Tensor.normal(Shape.of(150, 150), 5));
    assertInterpreted(List.of(h.plus(Ops.matmul(h, v))), feeds);
    assertInterpreted(List.of(h.plus(Ops.matmul(v, h))), feeds);
    assertInterpreted(List.of(h.minus(Ops.matmul(h, Ops.transpose(h)))), feeds);
    assertInterpreted(List.of(Ops.sin(h.minus(Ops.matmul(v, Ops.transpose(h)).times(0.5)))), feeds);
  }

  // Outputs.

  @Test
  void outputsMayBeLeavesConstantsAndTheSameTwice() {
    Node x = input(2);
    Parameter w = Parameter.of("w", Tensor.vector(7, 8));
    Node c = Ops.constant(Tensor.vector(1, 2));
    Node y = x.plus(w);
    List<Node> outputs = List.of(x, w, c, y, y, Ops.stopGradient(y), x.plus(w), Ops.constant(Tensor.vector(1, 2)).plus(c));
    Tensor five = Tensor.vector(5, 5);
    Tensor sum = Tensor.vector(12, 13);
    List<Tensor> want = List.of(five, Tensor.vector(7, 8), Tensor.vector(1, 2), sum, sum, sum, sum, Tensor.vector(2, 4));
    Program program = Program.of(outputs, SETTINGS);
    assertEquals(want, program.run(Map.of(x, five)));
    Call call = program.call().set(x, five);
    List<double[]> arrays = new ArrayList<>();
    for (Node output : outputs) {
      double[] array = new double[2];
      arrays.add(array);
      call.output(output, array);
    }
    call.run();
    for (int i = 0; i < outputs.size(); i++) {
      assertArrayEquals(outputs.get(i) == y ? new double[] {12, 13} : want.get(i).toDoubles(), i == 3 ? arrays.get(4) : arrays.get(i));
      assertEquals(want.get(i), call.value(outputs.get(i)));
    }
    double[] later = call.value(y).toDoubles();
    call.set(x, Tensor.vector(0, 0)).run();
    assertArrayEquals(new double[] {12, 13}, later);
  }

  @Test
  void randomDrawsAreThoseOfTheInterpreterAndNeverMerged() {
    Node step = Input.of("step", DType.I64, Shape.SCALAR);
    Node first = new RandomDraw(RandomDraw.Distribution.UNIFORM, Shape.of(5), 3).of(step);
    Node again = new RandomDraw(RandomDraw.Distribution.UNIFORM, Shape.of(5), 3).of(step);
    Node normal = new RandomDraw(RandomDraw.Distribution.NORMAL, Shape.of(50), 4).of(step);
    Node x = Parameter.of("x", Tensor.normal(Shape.of(50), 1));
    Node dropped = Ops.dropout(x, step, 0.4, 9);
    Program both = Program.of(first, again);
    assertEquals(2, both.explain().lines().filter(line -> line.contains("random_uniform by its own kernel")).count(), both.explain());
    List<Node> outputs = List.of(first, again, normal, dropped, Backward.from(Ops.sum(dropped)).of(x));
    Program program = Program.of(outputs, SETTINGS);
    for (long at = 0; at < 3; at++) {
      Map<Node, Tensor> feeds = Map.of(step, Tensor.scalar(at));
      List<Tensor> got = program.run(feeds);
      for (int i = 0; i < outputs.size(); i++) {
        assertEquals(Interpreter.run(outputs, feeds).of(outputs.get(i)), got.get(i));
      }
    }
  }

  @Test
  void equalOpsAreMerged() {
    Node x = input(3);
    Node y = Ops.exp(x).plus(Ops.exp(x)).plus(Ops.softmax(x)).plus(Ops.softmax(x));
    Program program = Program.of(y);
    assertFalse(program.explain().contains("merged 0"), program.explain());
    assertTrue(Program.of(Ops.exp(x)).explain().contains("merged 0"));
    assertInterpreted(List.of(y), Map.of(x, Tensor.vector(1, 2, 3)));
  }

  @Test
  void nodesThatAreNoOutputsAreTold() {
    Node x = input(3);
    Node y = x.plus(1);
    Node z = y.times(2);
    Call call = Program.of(z).call().set(x, Tensor.vector(1, 2, 3));
    call.run();
    assertTrue(String.valueOf(assertThrows(GradusException.class, () -> call.value(y)).getMessage()).contains("must be an output"));
  }

  // Ops from outside.

  /// The sum and the difference of its operands by its own kernel.
  private record SumAndDifference(boolean wrong) implements Opaque {
    @Override
    public String name() {
      return "sum_and_difference";
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return List.of(x.getFirst(), x.getFirst());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      Node a = Ops.constant(x.get(0));
      Node b = Ops.constant(x.get(1));
      Node difference = a.minus(b);
      Tensor second = Interpreter.run(difference).of(difference);
      Node sum = a.plus(b);
      return List.of(Interpreter.run(sum).of(sum), wrong ? second.cast(DType.F32) : second);
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      Node ofSum = g.get(0) == null ? Ops.constant(Tensor.zeros(out.operand(0).shape())) : g.get(0);
      Node ofDifference = g.get(1) == null ? Ops.constant(Tensor.zeros(out.operand(0).shape())) : g.get(1);
      return List.of(ofSum.plus(ofDifference), ofSum.minus(ofDifference));
    }
  }

  @Test
  void opaqueOpsRunThroughTheirKernels() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2, 3));
    Parameter y = Parameter.of("y", Tensor.vector(5, 7, 11));
    List<Node> both = new SumAndDifference(false).of(Ops.flip(x, 0), y.times(2)).results();
    Node loss = Ops.sum(Ops.square(both.get(0)).times(Ops.sin(both.get(1))));
    Gradients gradients = Backward.from(loss);
    assertInterpreted(List.of(loss, gradients.of(x), gradients.of(y), both.get(1)), Map.of());
    assertInterpreted(List.of(both.get(1)), Map.of());
    assertInterpreted(List.of(both.get(0).plus(1)), Map.of());
    Node wrong = new SumAndDifference(true).of(x, y).results().get(0);
    String message = String.valueOf(assertThrows(GradusException.class, () -> Program.of(wrong).run(Map.of())).getMessage());
    assertTrue(message.contains("its kernel must give"), message);
    assertTrue(message.contains("ProgramTest.java"), message);
  }

  private record Inner() implements Composite {
    @Override
    public String name() {
      return "inner";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return List.of(Ops.sin(x.getFirst()), Ops.softmax(x.getFirst()));
    }
  }

  private record Outer() implements Composite {
    @Override
    public String name() {
      return "outer";
    }

    @Override
    public List<Node> expand(List<Node> x) {
      List<Node> inner = new Inner().of(x.getFirst()).results();
      return List.of(inner.get(0).times(inner.get(1)).plus(x.get(1)), x.get(1));
    }
  }

  @Test
  void boxesMayStandInBoxes() {
    Parameter x = Parameter.of("x", Tensor.vector(1, 2, 3));
    Parameter y = Parameter.of("y", Tensor.vector(5, 7, 11));
    List<Node> both = new Outer().of(x, y).results();
    Node loss = Ops.sum(Ops.square(both.get(0)).times(both.get(1)));
    Gradients gradients = Backward.from(loss);
    assertInterpreted(List.of(loss, both.get(0), both.get(1), gradients.of(x), gradients.of(y)), Map.of());
  }

  // Sizes.

  @Test
  void tensorsMayBeEmpty() {
    Node x = Input.of("x", DType.F64, Shape.of(0, 3));
    Node y = Input.of("y", DType.F64, Shape.of(3, 0));
    Map<Node, Tensor> feeds = Map.of(x, Tensor.zeros(Shape.of(0, 3)), y, Tensor.zeros(Shape.of(3, 0)));
    assertInterpreted(
        List.of(
            x.plus(1), Ops.sum(x), Ops.sum(x, 0), Ops.sum(x, 1), Ops.prod(x), Ops.prod(x, 0).plus(1), Ops.matmul(x, y),
            Ops.matmul(y, x), Ops.matmul(y, x).plus(1), Ops.concat(0, x, x), Ops.concat(0, x, Ops.constant(Tensor.ones(Shape.of(2, 3)))),
            Ops.softmax(x), Ops.transpose(x), Ops.sum(x).plus(1), Ops.exp(Ops.sum(x, 0)),
            Backward.from(Ops.sum(Ops.square(x)).plus(Ops.sum(Ops.matmul(y, x)))).of(x)),
        feeds);
  }

  /// Scalar graphs of every size: as straight code and as loops over indices.
  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1000, 10_000, 100_000})
  @Timeout(60)
  void scalarGraphsOfAnySize(int size) {
    Parameter x = Parameter.of("x", 0.3);
    Parameter v = Parameter.of("v", Tensor.vector(0.1, 0.2, 0.3, 0.4));
    Node[] of = new Node[4];
    for (int i = 0; i < 4; i++) {
      of[i] = Ops.take(v, Ops.constant(Tensor.scalar((long) i)), 0);
    }
    Node sliced = Ops.reshape(Ops.slice(v, List.of(2), List.of(3), List.of(1)));
    List<Node> all = new ArrayList<>(List.of(x, of[0], of[1], of[2], of[3], sliced));
    for (int i = all.size(); i < size; i++) {
      Node a = all.get(i - 1 - i % 3);
      Node b = all.get(i - 1 - (i * 7) % 5);
      all.add(
          switch (i % 9) {
            case 0 -> a.plus(b).times(0.5);
            case 1 -> Ops.sin(a);
            case 2 -> Ops.tanh(a.times(b));
            case 3 -> Ops.where(Ops.less(a, b), b, a);
            case 4 -> Ops.cast(Ops.cast(a.times(3), DType.BOOL), DType.F64).times(0.5).plus(b.times(0.5));
            case 5 -> a.minus(b);
            case 6 -> Ops.maximum(a, b);
            case 7 -> Ops.exp(a.negated()).dividedBy(b.pow(2).plus(2));
            default -> Ops.sigmoid(a).minus(b.times(0.1));
          });
    }
    Node loss = all.getLast().plus(all.get(size / 2));
    Gradients gradients = Backward.from(loss);
    assertInterpreted(List.of(loss, all.get(size / 2), gradients.of(x), gradients.of(v)), Map.of());
  }

  /// The same in dtypes that those loops do not hold.
  @ParameterizedTest
  @ValueSource(ints = {10, 1000, 5000})
  @Timeout(60)
  void scalarGraphsInOtherDtypes(int size) {
    Node x = Parameter.of("x", Tensor.scalar(0.3f));
    Node n = Input.of("n", DType.I64, Shape.SCALAR);
    Node m = Input.of("m", DType.I32, Shape.SCALAR);
    Node loss = x;
    for (int i = 0; i < size; i++) {
      loss = i % 2 == 0 ? Ops.sin(loss).plus(x) : loss.times(0.5f);
      n = n.times(n).plus(i);
      m = m.times(3).minus(i);
    }
    Node first = leaf(n);
    Node second = leaf(m);
    assertInterpreted(
        List.of(loss, Backward.from(loss).of(x), n, m),
        Map.of(first, Tensor.scalar(12345L), second, Tensor.scalar(678)));
  }

  private static Node leaf(Node node) {
    Node at = node;
    while (!(at instanceof Input)) {
      at = at.operands().getFirst();
    }
    return at;
  }

  @Test
  @Timeout(60)
  void chainsMayBeLong() {
    Parameter x = Parameter.of("x", Tensor.vector(0.1, -0.2, 0.3));
    Node y = x;
    for (int i = 0; i < 100_000; i++) {
      y = i % 2 == 0 ? Ops.sin(y) : y.times(1.5);
    }
    Node loss = Ops.sum(y);
    assertInterpreted(List.of(loss, Backward.from(loss).of(x)), Map.of());
  }

  /// Compile times grow as graphs do.
  @Test
  @Timeout(60)
  void manySumsAndSlicesCompileInLinearTime() {
    Parameter x = Parameter.of("x", Tensor.normal(Shape.of(64), 1));
    Node sum = Ops.constant(0.0);
    for (int i = 0; i < 20_000; i++) {
      Node y = Ops.sum(x.times(i).plus(sum));
      sum = y.times(1e-6);
    }
    assertInterpreted(List.of(sum), Map.of());
    Node chain = x;
    for (int i = 0; i < 20_000; i++) {
      chain = Ops.flip(chain, 0);
      chain = i % 100 == 0 ? Ops.concat(0, Ops.slice(chain, List.of(1), List.of(64), List.of(1)), Ops.slice(chain, List.of(0), List.of(1), List.of(1))) : chain;
    }
    assertInterpreted(List.of(chain), Map.of());
  }

  // Memory.

  @Test
  void aSteadyStepAllocatesNothingLarge() {
    Node x = Input.of("x", DType.F32, Shape.of(128, 300));
    Node classes = Input.of("t", DType.I64, Shape.of(128));
    List<Node> weights = new ArrayList<>();
    Node h = x;
    int[] widths = {300, 200, 100, 10};
    for (int layer = 0; layer < 3; layer++) {
      Node w = Parameter.of("w" + layer, Tensor.normal(Shape.of(widths[layer], widths[layer + 1]), layer).cast(DType.F32));
      Node b = Parameter.of("b" + layer, Tensor.zeros(Shape.of(widths[layer + 1]), DType.F32));
      weights.add(w);
      weights.add(b);
      Node z = Ops.matmul(h, w).times(0.05f).plus(b);
      h = layer < 2 ? Ops.relu(z) : z;
    }
    Node loss = Ops.crossEntropy(h, classes);
    Gradients gradients = Backward.from(loss);
    Map<Node, Node> updates = new LinkedHashMap<>();
    weights.forEach(w -> updates.put(w, w.minus(gradients.of(w).times(0.1f))));
    long[] target = new long[128];
    for (int i = 0; i < target.length; i++) {
      target[i] = i % 10;
    }
    float[] out = new float[1];
    // of this thread alone: in the background loops of other tests may still be warmed up
    Call call = Program.of(List.of(loss), updates, SETTINGS.withThreads(1)).call()
        .set(x, Tensor.normal(Shape.of(128, 300), 7).cast(DType.F32))
        .input(classes, target)
        .output(loss, out);
    call.run();
    float first = out[0];
    com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long perStep = Long.MAX_VALUE;
    long end = System.nanoTime() + 30_000_000_000L;
    while (perStep > 64 * 1024 && System.nanoTime() < end) { // vectors are objects until the JVM has compiled their loops
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200; i++) {
        call.run();
      }
      perStep = (threads.getCurrentThreadAllocatedBytes() - before) / 200;
    }
    System.out.println("bytes allocated by a step of an f32 MLP: " + perStep);
    assertTrue(perStep < 64 * 1024, perStep + " bytes");
    assertTrue(out[0] < first, "loss " + out[0]);
  }
}
