package dev.gradus.compile.kernel;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import dev.gradus.graph.Reduce;
import dev.gradus.tensor.DType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loop over rows, and in each row one or several loops over its elements: what is read, what is computed
/// ([Code]), what is reduced within a row, and where results go.
///
/// A nest without outer axes is one row. Strides count elements of the array.
///
/// @param code what is computed at an element
/// @param outer the sizes of the axes that the rows run over
/// @param inner the number of elements in a row
/// @param loads what is read
/// @param reductions what is reduced within a row; its result may be used in the row, in another loop over it
/// @param targets where results go
public record LoopNest(
    Code code,
    ImmutableIntArray outer,
    int inner,
    ImmutableList<Load> loads,
    ImmutableList<Reduction> reductions,
    ImmutableList<Target> targets) {

  /// A place in an array for each element.
  ///
  /// @param array the number of the array among those that a run is given
  /// @param dtype the dtype of its elements
  /// @param offset the place for the first element
  /// @param outer the distance between neighbours along each outer axis
  /// @param inner the distance between neighbours in a row
  public record Access(int array, DType dtype, int offset, ImmutableIntArray outer, int inner) {
    /// Whether elements stand at the places where those of another access stand in their array.
    public boolean isAt(Access other) {
      return offset == other.offset && inner == other.inner && outer.equals(other.outer);
    }

    boolean isFixed() {
      return inner == 0 && outer.stream().allMatch(stride -> stride == 0);
    }
  }

  /// An element read.
  public record Load(Access from) {}

  /// A reduction over each row.
  ///
  /// @param kind which
  /// @param x what is reduced
  public record Reduction(Reduce.Kind kind, Instruction x) {}

  /// Where a result goes.
  ///
  /// @param to the place; several elements may share one where they are combined
  /// @param kind how elements that share a place are combined with what stands there; null stores
  /// @param x the result
  /// @param perRow whether it goes there once a row, not at every element
  public record Target(Access to, Reduce.@Nullable Kind kind, Instruction x, boolean perRow) {}

  /// The number of rows.
  public int rows() {
    return outer.stream().reduce(1, (a, b) -> a * b);
  }

  /// Whether there are only elements, in one row, so that a run may take any part of them.
  public boolean isFlat() {
    return outer.isEmpty() && reductions.isEmpty() && targets.stream().noneMatch(Target::perRow);
  }

  /// Equal for nests that the same class can run.
  record Key(
      List<Instruction.Key> code,
      ImmutableIntArray outer,
      int inner,
      List<Load> loads,
      List<Object> reductions,
      List<Object> targets) {}

  Key key() {
    return new Key(
        code.instructions().stream().map(Instruction::key).toList(),
        outer,
        inner,
        loads,
        reductions.stream().<Object>map(r -> List.of(r.kind, r.x.place)).toList(),
        targets.stream().<Object>map(t -> List.of(t.to, t.kind == null ? "store" : t.kind, t.x.place, t.perRow)).toList());
  }
}
