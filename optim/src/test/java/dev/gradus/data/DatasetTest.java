package dev.gradus.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Dataset FIVE = numbered(new long[] {0, 1, 0, 1, 1}, 2);

  /// Row i has the one feature i.
  private static Dataset numbered(long[] labels, int classes) {
    double[] features = IntStream.range(0, labels.length).asDoubleStream().toArray();
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
    return new Dataset(
        Tensor.of(Shape.of(labels.length, 1), features), Tensor.of(Shape.of(labels.length), labels), List.of("row"), names);
  }

  private static double[] rows(Dataset data) {
    return data.features().toDoubles();
  }

  @Provide
  Arbitrary<long[]> labels() {
    return Arbitraries.longs().between(0, 3).array(long[].class).ofMinSize(1).ofMaxSize(60);
  }

  /// Both parts together are the examples, each part in the order of the rows, with its own labels; the first part has the
  /// share asked for, as a whole and, to a row, of every class.
  @Property(seed = "31", tries = 500)
  void stratifiedSplit(
      @ForAll("labels") long[] labels, @ForAll @DoubleRange(min = 0.01, max = 0.99) double share, @ForAll long seed) {
    Dataset data = numbered(labels, 4);
    Split split = data.split(share, seed);
    double[] train = rows(split.train());
    double[] test = rows(split.test());
    double[] both = Arrays.copyOf(train, labels.length);
    System.arraycopy(test, 0, both, train.length, test.length);
    Arrays.sort(both);
    assertEquals(Arrays.toString(rows(data)), Arrays.toString(both));
    assertTrue(isAscending(train) && isAscending(test));
    assertEquals(Math.round(share * labels.length), train.length);
    for (Dataset part : List.of(split.train(), split.test())) {
      for (int i = 0; i < part.size(); i++) {
        assertEquals(labels[(int) part.features().get(i, 0)], part.targets().getLong(i));
      }
    }
    for (int c = 0; c < 4; c++) {
      double wanted = share * count(labels, c);
      assertEquals(wanted, count(split.train().targets().toLongs(), c), 1);
    }
  }

  private static boolean isAscending(double[] rows) {
    return IntStream.range(1, rows.length).allMatch(i -> rows[i - 1] < rows[i]);
  }

  private static int count(long[] labels, int label) {
    return (int) LongStream.of(labels).filter(l -> l == label).count();
  }

  @Test
  void splitsAreSeeded() {
    long[] labels = new long[40];
    Dataset data = numbered(labels, 1);
    assertEquals(data.split(0.5, 1), data.split(0.5, 1));
    assertNotEquals(data.split(0.5, 1), data.split(0.5, 2));
  }

  @Test
  void numbersAreSplitWithoutClasses() {
    Dataset data = Dataset.of(Tensor.zeros(Shape.of(10, 1)), Tensor.arange(0, 10, 1));
    Split split = data.split(0.75, 3);
    assertEquals(8, split.train().size());
    assertEquals(2, split.test().size());
  }

  @Test
  void refusesASplitWithOnePart() {
    assertEquals(
        "split: the share to learn from must lie between 0 and 1, but got 1.0; try 0.8", Refusal.of(() -> FIVE.split(1, 0)));
    assertTrue(Refusal.of(() -> FIVE.split(Double.NaN, 0)).contains("NaN"));
  }

  @Property(seed = "32", tries = 100)
  void shufflingIsAPermutation(@ForAll @IntRange(max = 50) int size, @ForAll long seed) {
    Dataset data = numbered(new long[size], 1);
    double[] shuffled = rows(data.shuffled(seed));
    double[] again = rows(data.shuffled(seed));
    assertEquals(Arrays.toString(shuffled), Arrays.toString(again));
    Arrays.sort(shuffled);
    assertEquals(Arrays.toString(rows(data)), Arrays.toString(shuffled));
  }

  @Test
  void shufflesLabelsAlong() {
    Dataset shuffled = FIVE.shuffled(3);
    assertFalse(isAscending(rows(shuffled)));
    for (int i = 0; i < 5; i++) {
      assertEquals(FIVE.targets().getLong((int) shuffled.features().get(i, 0)), shuffled.targets().getLong(i));
    }
  }

  @Test
  void batchesCoverAllInOrder() {
    List<Dataset> batches = FIVE.batches(2);
    assertEquals(List.of(2, 2, 1), batches.stream().map(Dataset::size).toList());
    assertEquals(Tensor.of(Shape.of(1, 1), 4.0), batches.getLast().features());
    assertEquals(Tensor.of(Shape.of(2), 0L, 1L), batches.get(1).targets());
    assertEquals("batches: a batch must hold an example, but got 0; choose at least 1", Refusal.of(() -> FIVE.batches(0)));
    assertEquals(List.of(), FIVE.first(0).batches(3));
  }

  @Test
  void rowsOfEveryDType() {
    Tensor features = Tensor.of(new double[][][] {{{1, 2}}, {{3, 4}}});
    for (DType dtype : DType.values()) {
      Dataset data = Dataset.of(features.cast(dtype), Tensor.arange(2));
      Tensor taken = data.rows(1, 1, 0).features();
      assertEquals(Tensor.of(new double[][][] {{{3, 4}}, {{3, 4}}, {{1, 2}}}).cast(dtype), taken);
    }
    assertEquals("rows: a row must lie in [0, 5), but got 5; count from 0", Refusal.of(() -> FIVE.rows(5)));
  }

  @Test
  void oneHotAndColumn() {
    assertEquals(Tensor.of(new double[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}, {0, 1}}), FIVE.oneHot());
    assertEquals(Tensor.of(Shape.of(5, 1), 0.0, 1, 0, 1, 1), FIVE.column());
    assertTrue(Refusal.of(() -> FIVE.withTargets(FIVE.column()).oneHot()).startsWith("one_hot: the targets must be classes"));
  }

  @Test
  void changesOfFeatures() {
    assertEquals(Tensor.of(Shape.of(5, 1), 0.0, 0.5, 1, 1.5, 2), FIVE.scaled(0.5).features());
    assertEquals(List.of("row"), FIVE.scaled(0.5).featureNames());
    Dataset wide = FIVE.mapFeatures(x -> x.reshape(Shape.of(5, 1, 1)));
    assertEquals(Shape.of(1, 1), wide.exampleShape());
    assertEquals(List.of(), wide.featureNames());
    assertEquals(DType.F32, FIVE.cast(DType.F32).features().dtype());
    assertEquals(DType.I64, FIVE.cast(DType.F32).targets().dtype());
    assertEquals("5 examples of shape [1], 2 classes", FIVE.toString());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertEquals(
        "dataset: features and targets must have one row for each example, but got [5, 1] and [4]; put the examples along the first axis of both",
        Refusal.of(() -> Dataset.of(FIVE.features(), Tensor.arange(4))));
    assertTrue(Refusal.of(() -> new Dataset(FIVE.features(), FIVE.targets(), List.of(), List.of("one")))
        .startsWith("dataset: targets of 1 classes must be whole numbers from 0 to 0"));
    assertTrue(Refusal.of(() -> new Dataset(FIVE.features(), FIVE.targets(), List.of("a", "b"), List.of()))
        .startsWith("dataset: there must be a name for each feature"));
  }
}
