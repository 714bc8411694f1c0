package dev.gradus.compile.kernel;

import dev.gradus.compile.kernel.LoopNest.Access;
import dev.gradus.tensor.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes where the elements of a [LoopNest] are: arrays in local variables, and for each way to go through one the place of the row's first
/// element, which goes on from row to row.
final class Places {
  private final LoopNest nest;
  private final CodeBuilder out;
  private final Map<Integer, Integer> arrays = new TreeMap<>();
  private final Map<Integer, DType> dtypes = new HashMap<>();
  private final Map<Object, Integer> offsets = new HashMap<>();

  /// @param parameter the local variable of the array of arrays
  Places(LoopNest nest, CodeBuilder out, int parameter) {
    this.nest = nest;
    this.out = out;
    for (Access access : accesses()) {
      if (!arrays.containsKey(access.array())) {
        arrays.put(access.array(), out.allocateLocal(TypeKind.REFERENCE));
        dtypes.put(access.array(), access.dtype());
      }
    }
    arrays.forEach((index, local) -> {
      DType dtype = Objects.requireNonNull(dtypes.get(index));
      out.aload(parameter).loadConstant(index).aaload().checkcast(ScalarWriter.arrayType(dtype)).astore(local);
    });
  }

  /// The local variable of an access's array.
  int array(Access access) {
    return Objects.requireNonNull(arrays.get(access.array()));
  }

  /// Where each access starts in the first row; gives the locals of the row's indices.
  int[] startRows(int row) {
    int rank = nest.outer().length();
    int[] index = new int[rank];
    int rest = out.allocateLocal(TypeKind.INT);
    out.iload(row).istore(rest);
    for (int axis = rank - 1; axis >= 0; axis--) {
      index[axis] = out.allocateLocal(TypeKind.INT);
      int size = Math.max(1, nest.outer().get(axis));
      if (axis == 0) {
        out.iload(rest).istore(index[axis]);
      } else {
        out.iload(rest).loadConstant(size).irem().istore(index[axis]);
        out.iload(rest).loadConstant(size).idiv().istore(rest);
      }
    }
    for (Access access : accesses()) {
      Object key = offsetKey(access);
      if (access.outer().stream().allMatch(stride -> stride == 0) || offsets.containsKey(key)) {
        continue;
      }
      int local = out.allocateLocal(TypeKind.INT);
      out.loadConstant(access.offset());
      for (int axis = 0; axis < rank; axis++) {
        if (access.outer().get(axis) != 0) {
          out.iload(index[axis]).loadConstant(access.outer().get(axis)).imul().iadd();
        }
      }
      out.istore(local);
      offsets.put(key, local);
      moving.put(local, access);
    }
    return index;
  }

  private final Map<Integer, Access> moving = new TreeMap<>();

  private List<Access> accesses() {
    List<Access> all = new ArrayList<>();
    nest.loads().forEach(load -> all.add(load.from()));
    nest.targets().forEach(target -> all.add(target.to()));
    return all;
  }

  /// Moves every offset on to the next row: along the last axis, and where that ends, back and along the one before.
  void nextRow(int[] index) {
    Label done = out.newLabel();
    for (int axis = index.length - 1; axis >= 0; axis--) {
      int size = nest.outer().get(axis);
      int at = axis;
      moving.forEach((local, access) -> move(local, access.outer().get(at)));
      if (axis == 0) {
        break;
      }
      out.iinc(index[axis], 1).iload(index[axis]).loadConstant(size).if_icmplt(done);
      out.loadConstant(0).istore(index[axis]);
      moving.forEach((local, access) -> move(local, -access.outer().get(at) * size));
    }
    out.labelBinding(done);
  }

  private void move(int local, int by) {
    if (by >= -128 && by < 128) {
      if (by != 0) {
        out.iinc(local, by);
      }
    } else {
      out.iload(local).loadConstant(by).iadd().istore(local);
    }
  }

  private static Object offsetKey(Access access) {
    return List.of(access.offset(), access.outer());
  }

  /// Pushes the place of the first element of the row.
  void offset(Access access) {
    Integer local = offsets.get(offsetKey(access));
    if (local == null) {
      out.loadConstant(access.offset());
    } else {
      out.iload(local);
    }
  }

  /// Pushes the place of element `j` of the row.
  void place(Access access, @Nullable Integer j) {
    offset(access);
    if (j != null && access.inner() != 0) {
      out.iload(j);
      if (access.inner() != 1) {
        out.loadConstant(access.inner()).imul();
      }
      out.iadd();
    }
  }
}
