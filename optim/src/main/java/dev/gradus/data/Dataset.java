package dev.gradus.data;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Examples and what they should give, row by row. Immutable; every method that changes something returns another.
///
/// @param features the examples, floating-point of shape `[size, ...]`
/// @param targets what they should give: for a classification the class numbers, i64 of shape `[size]`; else
///     floating-point of shape `[size]` or `[size, ...]`
/// @param featureNames the names of the columns of `features`, or empty
/// @param classNames the name of each class, in the order of their numbers; empty when there are no classes
public record Dataset(Tensor features, Tensor targets, List<String> featureNames, List<String> classNames) {
  private static final long SHUFFLE = 1L << 56;
  private static final long SPLIT = 2L << 56;

  /// Checks that features and targets have the same number of rows.
  public Dataset {
    featureNames = ImmutableList.copyOf(featureNames);
    classNames = ImmutableList.copyOf(classNames);
    if (features.rank() == 0 || targets.rank() == 0 || features.shape().dim(0) != targets.shape().dim(0)) {
      throw new GradusException(
          "dataset",
          "features and targets must have one row for each example",
          features.shape() + " and " + targets.shape(),
          "put the examples along the first axis of both");
    }
    if (!featureNames.isEmpty() && (features.rank() != 2 || features.shape().dim(1) != featureNames.size())) {
      throw new GradusException(
          "dataset", "there must be a name for each feature", featureNames.size() + " names for " + features.shape(), "leave them out");
    }
    if (!classNames.isEmpty()) {
      requireClasses(targets, classNames.size());
    }
  }

  private static void requireClasses(Tensor targets, int classes) {
    boolean valid = targets.dtype().isInteger() && targets.rank() == 1
        && Arrays.stream(targets.toLongs()).allMatch(label -> label >= 0 && label < classes);
    if (!valid) {
      throw new GradusException(
          "dataset", "targets of " + classes + " classes must be whole numbers from 0 to " + (classes - 1), targets, "number the classes");
    }
  }

  /// Examples and targets without names.
  public static Dataset of(Tensor features, Tensor targets) {
    return new Dataset(features, targets, List.of(), List.of());
  }

  /// The number of examples.
  public int size() {
    return features.shape().dim(0);
  }

  /// Whether the targets are classes.
  public boolean isClassification() {
    return !classNames.isEmpty();
  }

  /// The shape of one example.
  public Shape exampleShape() {
    return Rows.exampleShape(features);
  }

  /// The examples of the given rows, in that order; a row may come several times.
  public Dataset rows(int... rows) {
    return new Dataset(Rows.take(features, rows), Rows.take(targets, rows), featureNames, classNames);
  }

  /// The examples from row `from` up to but not including row `to`.
  public Dataset slice(int from, int to) {
    return rows(Rows.range(from, to));
  }

  /// The first `count` examples.
  public Dataset first(int count) {
    return slice(0, count);
  }

  /// The examples in random order.
  public Dataset shuffled(long seed) {
    return rows(Sampling.permutation(size(), seed, SHUFFLE));
  }

  /// The examples in batches of `size`, in order; the last may be smaller.
  public List<Dataset> batches(int size) {
    if (size < 1) {
      throw new GradusException("batches", "a batch must hold an example", size, "choose at least 1");
    }
    List<Dataset> all = new ArrayList<>();
    for (int from = 0; from < size(); from += size) {
      all.add(slice(from, Math.min(size(), from + size)));
    }
    return all;
  }

  /// Two random parts, the first with this share of the examples. With classes the split is stratified: each class is
  /// divided in this ratio, rounded so that the parts have the sizes asked for. Each part keeps the order of the rows.
  ///
  /// @param trainShare the share to learn from, between 0 and 1
  /// @param seed the same seed gives the same split
  public Split split(double trainShare, long seed) {
    if (!(trainShare > 0 && trainShare < 1)) {
      throw new GradusException("split", "the share to learn from must lie between 0 and 1", trainShare, "try 0.8");
    }
    int[] order = Sampling.permutation(size(), seed, SPLIT);
    boolean[] train = isClassification()
        ? Rows.stratified(order, targets.toLongs(), classNames.size(), trainShare)
        : Rows.leading(order, (int) Math.round(trainShare * size()));
    return new Split(rows(Rows.where(train, true)), rows(Rows.where(train, false)));
  }

  /// The same targets with other features for each example.
  public Dataset withFeatures(Tensor other) {
    boolean sameColumns = other.shape().equals(features.shape());
    return new Dataset(other, targets, sameColumns ? featureNames : List.of(), classNames);
  }

  /// The same examples with other targets.
  public Dataset withTargets(Tensor other) {
    return new Dataset(features, other, featureNames, List.of());
  }

  /// The features changed by a function, such as `x -> x.reshape(...)`.
  public Dataset mapFeatures(UnaryOperator<Tensor> change) {
    return withFeatures(change.apply(features));
  }

  /// All features multiplied by `factor`.
  public Dataset scaled(double factor) {
    double[] all = features.toDoubles();
    for (int i = 0; i < all.length; i++) {
      all[i] *= factor;
    }
    return withFeatures(Tensor.of(features.shape(), all).cast(features.dtype()));
  }

  /// The features, and targets that are not classes, in another floating-point dtype.
  public Dataset cast(DType dtype) {
    Tensor other = targets.dtype().isFloating() ? targets.cast(dtype) : targets;
    return new Dataset(features.cast(dtype), other, featureNames, classNames);
  }

  /// The class numbers as rows of 0s with one 1, of shape `[size, classes]` and the features' dtype: the targets of losses
  /// that compare numbers.
  ///
  /// @throws GradusException when there are no classes
  public Tensor oneHot() {
    if (!isClassification()) {
      throw new GradusException("one_hot", "the targets must be classes", targets.shape(), "use targets() as they are");
    }
    int classes = classNames.size();
    double[] all = new double[size() * classes];
    for (int row = 0; row < size(); row++) {
      all[row * classes + (int) targets.getLong(row)] = 1;
    }
    return Tensor.of(Shape.of(size(), classes), all).cast(features.dtype());
  }

  /// The targets as a column of numbers, of shape `[size, 1]` and the features' dtype: what a network with one output should
  /// give, such as 0 or 1 for two classes.
  public Tensor column() {
    return targets.cast(features.dtype()).reshape(Shape.of(size(), 1));
  }

  /// What it holds, without the numbers.
  @Override
  public String toString() {
    String what = isClassification() ? classNames.size() + " classes" : "targets " + targets.shape();
    return size() + " examples of shape " + exampleShape() + ", " + what;
  }
}
