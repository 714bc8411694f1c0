package dev.gradus.compile.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.gradus.compile.kernel.Instruction.Operation;
import dev.gradus.compile.kernel.LoopNest.Access;
import dev.gradus.compile.kernel.LoopNest.Reduction;
import dev.gradus.compile.kernel.LoopNest.Target;
import dev.gradus.graph.Reduce;
import dev.gradus.scalar.KernelFunction;
import dev.gradus.tensor.DType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes the class that runs a [LoopNest].
///
/// What depends on nothing that moves is computed before the rows; what depends on the row before the loop that needs
/// it; reductions divide a row's work into phases, one loop for each. In a loop all is kept in local variables; the JVM's
/// compiler does the rest.
final class Emitter {
  static final ClassDesc NAME = ClassDesc.of("dev.gradus.compile.kernel.Loop");
  private static final ClassDesc KERNEL = ClassDesc.of("dev.gradus.compile.kernel.Kernel");
  private static final ClassDesc LANES = ClassDesc.of("dev.gradus.compile.kernel.Lanes");
  private static final ClassDesc FUNCTION = ScalarWriter.FUNCTION;
  private static final ClassDesc ARRAYS = ClassDesc.of("java.util.Arrays");
  static final String FUNCTIONS = "functions";

  /// What an instruction depends on.
  private enum Level {
    NOTHING,
    ROW,
    ELEMENT
  }

  private final LoopNest nest;
  private final boolean wantsVectors;
  private final ScalarWriter scalars;
  private final Level[] levels;
  private final int[] phases;
  private final boolean[] needed;
  private final CodeBuilder out;

  private final Map<Integer, Integer> arrays = new TreeMap<>();
  private final Map<Object, Integer> offsets = new HashMap<>();

  /// Where scalars of the outer levels are kept.
  private final Map<Instruction, Integer> kept = new HashMap<>();

  /// Reduction -> local that holds its result.
  private final Map<Object, Integer> lanes = new HashMap<>();
  private final Map<Target, Integer> totals = new HashMap<>();

  private Emitter(LoopNest nest, boolean wantsVectors, CodeBuilder out) {
    this.nest = nest;
    this.wantsVectors = wantsVectors;
    this.out = out;
    this.scalars = new ScalarWriter(out);
    List<Instruction> all = nest.code().instructions();
    this.levels = new Level[all.size()];
    this.phases = new int[all.size()];
    this.needed = new boolean[all.size()];
    analyse(all);
  }

  /// A class and the functions its constructor takes.
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  record Written(byte[] bytes, List<KernelFunction> functions, boolean canBeVectors) {}

  /// The class for a nest; with `vectors`, loops that can be are written with the Vector API.
  static Written write(LoopNest nest, boolean vectors) {
    List<KernelFunction> functions = new ArrayList<>();
    boolean[] canBeVectors = {false};
    byte[] bytes = ClassFile.of().build(NAME, type -> type
        .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
        .withInterfaceSymbols(KERNEL)
        .withField(FUNCTIONS, FUNCTION.arrayType(), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL)
        .withMethodBody("<init>", MethodTypeDesc.of(CD_void, FUNCTION.arrayType()), 0, code -> code
            .aload(0)
            .invokespecial(CD_Object, "<init>", ConstantDescs.MTD_void)
            .aload(0)
            .aload(1)
            .putfield(NAME, FUNCTIONS, FUNCTION.arrayType())
            .return_())
        .withMethodBody(
            "run", MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int, CD_int), ClassFile.ACC_PUBLIC, code -> {
              // No rows, no work: such calls are made to have the JVM compile the loop.
              Label some = code.newLabel();
              code.iload(2).iload(3).if_icmplt(some).return_().labelBinding(some);
              Emitter emitter = new Emitter(nest, vectors, code);
              emitter.run();
              functions.clear();
              functions.addAll(emitter.scalars.functions());
              canBeVectors[0] = emitter.vectorisable;
            }));
    return new Written(bytes, functions, canBeVectors[0]);
  }

  private @Nullable VectorWriter writer;

  /// Only made where vectors are written: it looks at the Vector API.
  private VectorWriter vectors() {
    VectorWriter known = writer;
    if (known == null) {
      known = new VectorWriter();
      writer = known;
    }
    return known;
  }

  private boolean vectorisable;

  // What depends on what.

  private void analyse(List<Instruction> all) {
    for (Instruction instruction : all) {
      int i = instruction.place;
      levels[i] = level(instruction);
      phases[i] = phase(instruction);
    }
    boolean[] roots = needed;
    nest.targets().forEach(target -> roots[target.x().place] = true);
    for (int i = all.size() - 1; i >= 0; i--) {
      if (needed[i]) {
        Instruction instruction = all.get(i);
        for (Instruction operand : instruction.x) {
          needed[operand.place] = true;
        }
        if (instruction.operation == Operation.REDUCED) {
          needed[nest.reductions().get(instruction.index).x().place] = true;
        }
      }
    }
  }

  private Level level(Instruction instruction) {
    switch (instruction.operation) {
      case CONSTANT -> {
        return Level.NOTHING;
      }
      case REDUCED -> {
        return Level.ROW;
      }
      case LOAD -> {
        Access from = nest.loads().get(instruction.index).from();
        return from.inner() != 0 ? Level.ELEMENT : from.isFixed() ? Level.NOTHING : Level.ROW;
      }
      default -> {
        Level level = Level.NOTHING;
        for (Instruction operand : instruction.x) {
          level = levels[operand.place].compareTo(level) > 0 ? levels[operand.place] : level;
        }
        return level;
      }
    }
  }

  private int phase(Instruction instruction) {
    if (instruction.operation == Operation.REDUCED) {
      return phases[nest.reductions().get(instruction.index).x().place] + 1;
    }
    int phase = 0;
    for (Instruction operand : instruction.x) {
      phase = Math.max(phase, phases[operand.place]);
    }
    return phase;
  }

  // The method.

  private void run() {
    for (LoopNest.Load load : nest.loads()) {
      array(load.from());
    }
    for (Target target : nest.targets()) {
      array(target.to());
    }
    arrays.forEach((index, local) -> {
      DType dtype = java.util.Objects.requireNonNull(dtypes.get(index));
      out.aload(1).loadConstant(index).aaload().checkcast(ScalarWriter.arrayType(dtype)).astore(local);
    });
    keep(Level.NOTHING, 0);
    for (Target target : nest.targets()) {
      if (isTotal(target)) {
        int total = out.allocateLocal(ScalarWriter.kind(target.x().type));
        totals.put(target, total);
        scalars.identity(target.kind(), target.x().type);
        out.storeLocal(ScalarWriter.kind(target.x().type), total);
      }
    }
    if (nest.isFlat()) {
      Phase phase = new Phase(List.of(), nest.targets(), 0);
      if (nest.inner() == 1) {
        elements(phase, new HashMap<>(kept), null);
      } else {
        loop(phase, true);
      }
    } else {
      rows();
    }
    totals.forEach((target, total) -> {
      Runnable place = () -> offset(target.to());
      combineInto(target, place, () -> out.loadLocal(ScalarWriter.kind(target.x().type), total));
    });
    out.return_();
  }

  private final Map<Integer, DType> dtypes = new HashMap<>();

  private void array(Access access) {
    if (!arrays.containsKey(access.array())) {
      arrays.put(access.array(), out.allocateLocal(TypeKind.REFERENCE));
      dtypes.put(access.array(), access.dtype());
    }
  }

  /// One sum over all elements, kept in a local variable until the end.
  private boolean isTotal(Target target) {
    return target.kind() != null && target.to().isFixed();
  }

  private void rows() {
    int row = out.allocateLocal(TypeKind.INT);
    Label head = out.newLabel();
    Label end = out.newLabel();
    out.iload(2).istore(row);
    int[] index = offsets(row);
    out.labelBinding(head);
    out.iload(row).iload(3).if_icmpge(end);
    int last = Arrays.stream(phases).max().orElse(0);
    for (int phase = 0; phase <= last; phase++) {
      keep(Level.ROW, phase);
      int now = phase;
      List<Integer> reductions = new ArrayList<>();
      for (int i = 0; i < nest.reductions().size(); i++) {
        Instruction x = nest.reductions().get(i).x();
        if (needed[x.place] && phases[x.place] == now) {
          reductions.add(i);
        }
      }
      List<Target> targets = nest.targets().stream()
          .filter(target -> !target.perRow() && phases[target.x().place] == now)
          .toList();
      if (!reductions.isEmpty() || !targets.isEmpty()) {
        Phase loop = new Phase(reductions, targets, now);
        if (nest.inner() == 1) {
          elements(loop, new HashMap<>(kept), null);
        } else {
          loop(loop, false);
        }
      }
    }
    for (Target target : nest.targets()) {
      if (target.perRow()) {
        Map<Instruction, Integer> registers = kept;
        if (isTotal(target)) {
          accumulate(target, () -> scalars.load(target.x(), registers));
        } else {
          combineInto(target, () -> offset(target.to()), () -> scalars.load(target.x(), registers));
        }
      }
    }
    nextRow(index);
    out.iinc(row, 1).goto_(head);
    out.labelBinding(end);
  }

  /// One loop over the elements of a row: what it reduces and what it stores.
  private record Phase(List<Integer> reductions, List<Target> targets, int number) {}

  /// Where each access starts in the first row; gives the locals of the row's indices.
  private int[] offsets(int row) {
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
  private void nextRow(int[] index) {
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
  private void offset(Access access) {
    Integer local = offsets.get(offsetKey(access));
    if (local == null) {
      out.loadConstant(access.offset());
    } else {
      out.iload(local);
    }
  }

  /// Pushes the place of element `j` of the row.
  private void place(Access access, @Nullable Integer j) {
    offset(access);
    if (j != null && access.inner() != 0) {
      out.iload(j);
      if (access.inner() != 1) {
        out.loadConstant(access.inner()).imul();
      }
      out.iadd();
    }
  }

  /// Computes an instruction into a new local variable.
  private void compute(Instruction instruction, Map<Instruction, Integer> registers, @Nullable Integer j) {
    if (instruction.operation == Operation.LOAD) {
      Access from = nest.loads().get(instruction.index).from();
      out.aload(arrayOf(from));
      place(from, j);
      scalars.loadElement(from.dtype());
    } else {
      scalars.operate(instruction, registers);
    }
    int local = out.allocateLocal(ScalarWriter.kind(instruction.type));
    out.storeLocal(ScalarWriter.kind(instruction.type), local);
    registers.put(instruction, local);
  }

  /// Computes what is needed at a level.
  private void keep(Level level, int phase) {
    for (Instruction instruction : nest.code().instructions()) {
      int i = instruction.place;
      if (needed[i] && levels[i] == level && (level == Level.NOTHING || phases[i] == phase)
          && !kept.containsKey(instruction)) {
        if (instruction.isConstant()) {
          continue;
        }
        compute(instruction, kept, null);
      }
    }
  }

  // Loops over a row.

  private void loop(Phase phase, boolean flat) {
    if (!flat && isCopy(phase)) {
      Target target = phase.targets().getFirst();
      Access from = nest.loads().get(target.x().index).from();
      out.aload(arrayOf(from));
      offset(from);
      out.aload(arrayOf(target.to()));
      offset(target.to());
      out.loadConstant(nest.inner());
      out.invokestatic(
          ClassDesc.of("java.lang.System"), "arraycopy", MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_Object, CD_int, CD_int));
      return;
    }
    boolean can = canBeVectors(phase);
    int width = width(phase);
    boolean reduces = !phase.reductions().isEmpty()
        || phase.targets().stream().anyMatch(target -> target.kind() != null && target.to().inner() == 0);
    boolean inLanes = can && nest.inner() >= (reduces ? width : width / 2);
    boolean vector = inLanes && wantsVectors;
    vectorisable |= inLanes;
    List<Accumulator> accumulators = accumulators(phase, inLanes);
    for (Accumulator accumulator : accumulators) {
      accumulator.start(vector);
    }
    int j = out.allocateLocal(TypeKind.INT);
    int end = out.allocateLocal(TypeKind.INT);
    if (flat) {
      out.iload(2).istore(j).iload(3).istore(end);
    } else {
      out.loadConstant(0).istore(j).loadConstant(nest.inner()).istore(end);
    }
    int first = out.allocateLocal(TypeKind.INT);
    out.iload(j).istore(first);
    if (vector) {
      vectorLoop(phase, accumulators, j, end);
    }
    Label head = out.newLabel();
    Label done = out.newLabel();
    out.labelBinding(head);
    out.iload(j).iload(end).if_icmpge(done);
    Map<Instruction, Integer> registers = new HashMap<>(kept);
    elements(phase, registers, j);
    for (Accumulator accumulator : accumulators) {
      accumulator.add(registers, j, first);
    }
    out.iinc(j, 1).goto_(head);
    out.labelBinding(done);
    for (Accumulator accumulator : accumulators) {
      accumulator.finish();
    }
  }

  /// Whether a row is only copied.
  private boolean isCopy(Phase phase) {
    if (!phase.reductions().isEmpty() || phase.targets().size() != 1) {
      return false;
    }
    Target target = phase.targets().getFirst();
    Instruction x = target.x();
    return x.operation == Operation.LOAD
        && target.kind() == null
        && target.to().inner() == 1
        && nest.loads().get(x.index).from().inner() == 1
        && nest.loads().get(x.index).from().dtype() == target.to().dtype();
  }

  private int arrayOf(Access access) {
    Integer array = arrays.get(access.array());
    if (array == null) {
      throw new IllegalStateException("no array");
    }
    return array;
  }

  /// The elementwise targets at element `j`; at the only element also what is reduced.
  private void elements(Phase phase, Map<Instruction, Integer> registers, @Nullable Integer j) {
    List<Instruction> roots = roots(phase);
    for (Instruction instruction : below(roots)) {
      if (!registers.containsKey(instruction) && !instruction.isConstant()) {
        compute(instruction, registers, j);
      }
    }
    for (Target target : phase.targets()) {
      if (target.kind() == null || target.to().inner() != 0 || j == null) {
        if (j == null && isTotal(target)) {
          accumulate(target, () -> scalars.load(target.x(), registers));
        } else {
          combineInto(target, () -> place(target.to(), j), () -> scalars.load(target.x(), registers));
        }
      }
    }
    if (j == null) {
      for (int r : phase.reductions()) {
        Reduction reduction = nest.reductions().get(r);
        int result = out.allocateLocal(ScalarWriter.kind(reduction.x().type));
        scalars.load(reduction.x(), registers);
        out.storeLocal(ScalarWriter.kind(reduction.x().type), result);
        nest.code().instructions().stream()
            .filter(i -> i.operation == Operation.REDUCED && i.index == r)
            .forEach(i -> kept.put(i, result));
      }
    }
  }

  /// What a phase stores and reduces.
  private List<Instruction> roots(Phase phase) {
    List<Instruction> roots = new ArrayList<>();
    phase.targets().forEach(target -> roots.add(target.x()));
    phase.reductions().forEach(r -> roots.add(nest.reductions().get(r).x()));
    return roots;
  }

  /// All that the roots need, operands first, but not what is kept already.
  private List<Instruction> below(List<Instruction> roots) {
    boolean[] wanted = new boolean[levels.length];
    roots.forEach(root -> wanted[root.place] = true);
    List<Instruction> all = nest.code().instructions();
    List<Instruction> found = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (wanted[i] && !kept.containsKey(all.get(i))) {
        found.add(all.get(i));
        for (Instruction operand : all.get(i).x) {
          wanted[operand.place] = true;
        }
      }
    }
    return found.reversed();
  }

  private boolean canBeVectors(Phase phase) {
    List<Instruction> roots = roots(phase);
    Register number = null;
    for (Instruction instruction : below(roots)) {
      if (instruction.type == Register.F32 || instruction.type == Register.F64) {
        if (number != null && number != instruction.type) {
          return false;
        }
        number = instruction.type;
      }
      if (levels[instruction.place] == Level.ELEMENT && !VectorWriter.can(instruction)) {
        return false;
      }
      if (instruction.operation == Operation.LOAD) {
        Access from = nest.loads().get(instruction.index).from();
        if (from.inner() != 0 && from.inner() != 1 && !VectorWriter.gathers(from)) {
          return false;
        }
      }
    }
    for (Target target : phase.targets()) {
      boolean isElement = target.kind() == null || target.to().inner() != 0;
      boolean fits = isElement
          ? (target.to().inner() == 1 || VectorWriter.gathers(target.to())) && isRegister(target.to().dtype(), target.x().type)
          : target.x().type == Register.F32 || target.x().type == Register.F64;
      if (!fits || (target.kind() != null && target.x().type == Register.BOOL)) {
        return false;
      }
      if (target.x().type == Register.F32 || target.x().type == Register.F64) {
        if (number != null && number != target.x().type) {
          return false;
        }
        number = target.x().type;
      }
    }
    for (int r : phase.reductions()) {
      Register type = nest.reductions().get(r).x().type;
      if (type != Register.F32 && type != Register.F64) {
        return false;
      }
    }
    return number != null;
  }

  private static boolean isRegister(DType dtype, Register type) {
    return switch (dtype) {
      case F64 -> type == Register.F64;
      case F32 -> type == Register.F32;
      case BOOL -> type == Register.BOOL;
      case I64, I32 -> false;
    };
  }

  private Register number(Phase phase) {
    List<Instruction> roots = roots(phase);
    for (Instruction instruction : below(roots)) {
      if (instruction.type == Register.F64) {
        return Register.F64;
      }
    }
    for (Instruction root : roots) {
      if (root.type == Register.F64) {
        return Register.F64;
      }
    }
    return Register.F32;
  }

  private int width(Phase phase) {
    return number(phase) == Register.F32 ? Lanes.FLOATS : Lanes.DOUBLES;
  }

  // Reductions.

  private List<Accumulator> accumulators(Phase phase, boolean inLanes) {
    List<Accumulator> all = new ArrayList<>();
    for (int r : phase.reductions()) {
      Reduction reduction = nest.reductions().get(r);
      all.add(new Accumulator(r, reduction.kind(), reduction.x(), null, inLanes));
    }
    for (Target target : phase.targets()) {
      if (target.kind() != null && target.to().inner() == 0) {
        all.add(new Accumulator(target, target.kind(), target.x(), target, inLanes));
      }
    }
    return all;
  }

  /// What a row's elements come to, in one local variable or in lanes.
  private final class Accumulator {
    final Object of;
    final Reduce.Kind kind;
    final Instruction x;
    final @Nullable Target target;
    final boolean inLanes;
    final int local;
    int lane;
    int[] vectorLocals = new int[0];

    Accumulator(Object of, Reduce.Kind kind, Instruction x, @Nullable Target target, boolean inLanes) {
      this.of = of;
      this.kind = kind;
      this.x = x;
      this.target = target;
      this.inLanes = inLanes;
      this.local = out.allocateLocal(ScalarWriter.kind(x.type));
    }

    void start(boolean vector) {
      if (!inLanes) {
        scalars.identity(kind, x.type);
        out.storeLocal(ScalarWriter.kind(x.type), local);
        return;
      }
      lane = lanes.computeIfAbsent(of, key -> out.allocateLocal(TypeKind.REFERENCE));
      out.loadConstant(x.type == Register.F32 ? Lanes.FLOATS : Lanes.DOUBLES).newarray(ScalarWriter.kind(x.type)).astore(lane);
      if (vector) {
        int count = (x.type == Register.F32 ? Lanes.FLOATS : Lanes.DOUBLES) / vectors().lanes(x.type);
        vectorLocals = new int[count];
        for (int u = 0; u < count; u++) {
          vectorLocals[u] = out.allocateLocal(TypeKind.REFERENCE);
          scalars.identity(kind, x.type);
          vectors().broadcast(out, x.type);
          out.astore(vectorLocals[u]);
        }
      } else {
        out.aload(lane);
        scalars.identity(kind, x.type);
        out.invokestatic(ARRAYS, "fill", MethodTypeDesc.of(CD_void, ScalarWriter.desc(x.type).arrayType(), ScalarWriter.desc(x.type)));
      }
    }

    /// Adds to the first vector and puts it behind the others: those that stand in for lanes of a wider vector take turns.
    void addVector(Map<Instruction, Integer> registers) {
      out.aload(vectorLocals[0]);
      vectors().load(out, x, registers);
      vectors().combine(out, kind, x.type);
      for (int u = 1; u < vectorLocals.length; u++) {
        out.aload(vectorLocals[u]).astore(vectorLocals[u - 1]);
      }
      out.astore(vectorLocals[vectorLocals.length - 1]);
    }

    void vectorsToLanes() {
      for (int u = 0; u < vectorLocals.length; u++) {
        out.aload(vectorLocals[u]).aload(lane).loadConstant(u * vectors().lanes(x.type));
        vectors().store(out, x.type, 1);
      }
    }

    void add(Map<Instruction, Integer> registers, int j, int first) {
      if (!inLanes) {
        out.loadLocal(ScalarWriter.kind(x.type), local);
        scalars.load(x, registers);
        scalars.combine(kind, x.type);
        out.storeLocal(ScalarWriter.kind(x.type), local);
        return;
      }
      out.aload(lane).iload(j).iload(first).isub();
      out.loadConstant((x.type == Register.F32 ? Lanes.FLOATS : Lanes.DOUBLES) - 1).iand();
      out.dup2().arrayLoad(ScalarWriter.kind(x.type));
      scalars.load(x, registers);
      scalars.combine(kind, x.type);
      out.arrayStore(ScalarWriter.kind(x.type));
    }

    void finish() {
      if (inLanes) {
        String name = kind.name().toLowerCase(java.util.Locale.ROOT);
        out.aload(lane).invokestatic(LANES, name, MethodTypeDesc.of(ScalarWriter.desc(x.type), ScalarWriter.desc(x.type).arrayType()));
        out.storeLocal(ScalarWriter.kind(x.type), local);
      }
      Target to = target;
      if (to == null) {
        nest.code().instructions().stream()
            .filter(i -> i.operation == Operation.REDUCED && of.equals(i.index))
            .forEach(i -> kept.put(i, local));
      } else if (isTotal(to)) {
        accumulate(to, () -> out.loadLocal(ScalarWriter.kind(x.type), local));
      } else {
        combineInto(to, () -> offset(to.to()), () -> out.loadLocal(ScalarWriter.kind(x.type), local));
      }
    }
  }

  private void accumulate(Target target, Runnable value) {
    Integer total = totals.get(target);
    Reduce.Kind kind = target.kind();
    if (total == null || kind == null) {
      throw new IllegalStateException("not a total");
    }
    out.loadLocal(ScalarWriter.kind(target.x().type), total);
    value.run();
    scalars.combine(kind, target.x().type);
    out.storeLocal(ScalarWriter.kind(target.x().type), total);
  }

  /// Stores a value at a place of the target's array, or combines it with what stands there.
  private void combineInto(Target target, Runnable place, Runnable value) {
    int array = arrayOf(target.to());
    DType dtype = target.to().dtype();
    out.aload(array);
    place.run();
    if (target.kind() != null) {
      out.dup2();
      scalars.loadElement(dtype);
      value.run();
      scalars.combine(target.kind(), target.x().type);
    } else {
      value.run();
    }
    scalars.storeElement(dtype);
  }

  // Vectors.

  private void vectorLoop(Phase phase, List<Accumulator> accumulators, int j, int end) {
    Register number = number(phase);
    int lane = vectors().lanes(number);
    int whole = accumulators.isEmpty() ? lane : number == Register.F32 ? Lanes.FLOATS : Lanes.DOUBLES;
    List<Instruction> roots = roots(phase);
    List<Instruction> body = below(roots);
    Map<Instruction, Integer> wide = new LinkedHashMap<>();
    for (Instruction instruction : body) {
      if (levels[instruction.place] == Level.ELEMENT) {
        for (Instruction operand : instruction.x) {
          widen(operand, number, wide);
        }
      }
    }
    for (Instruction root : roots) {
      widen(root, number, wide);
    }
    int limit = out.allocateLocal(TypeKind.INT);
    out.iload(j).iload(end).iload(j).isub().loadConstant(-whole).iand().iadd().istore(limit);
    Label head = out.newLabel();
    Label done = out.newLabel();
    out.labelBinding(head);
    out.iload(j).iload(limit).if_icmpge(done);
    Map<Instruction, Integer> registers = new HashMap<>(wide);
    for (Instruction instruction : body) {
      if (levels[instruction.place] == Level.ELEMENT) {
        vector(instruction, number, registers, j);
      }
    }
    for (Target target : phase.targets()) {
      if (besides(phase, target, -1) != null) {
        continue; // written with that one
      }
      Target next = besides(phase, target, 1);
      if (next != null) {
        storeInTurn(target, next, registers, j);
      } else if (target.kind() == null || target.to().inner() != 0) {
        storeVector(target, number, registers, j);
      }
    }
    for (Accumulator accumulator : accumulators) {
      accumulator.addVector(registers);
    }
    out.iinc(j, lane).goto_(head);
    out.labelBinding(done);
    accumulators.forEach(Accumulator::vectorsToLanes);
  }

  /// Repeats a scalar in all lanes, before the loop.
  private void widen(Instruction operand, Register number, Map<Instruction, Integer> wide) {
    if (levels[operand.place] == Level.ELEMENT || wide.containsKey(operand)) {
      return;
    }
    scalars.load(operand, kept);
    if (operand.type == Register.BOOL) {
      vectors().maskAll(out, number);
    } else {
      vectors().broadcast(out, operand.type);
    }
    int local = out.allocateLocal(TypeKind.REFERENCE);
    out.astore(local);
    wide.put(operand, local);
  }

  private void vector(
      Instruction instruction, Register number, Map<Instruction, Integer> registers, int j) {
    if (instruction.operation == Operation.LOAD) {
      Access from = nest.loads().get(instruction.index).from();
      int array = arrayOf(from);
      vectors().species(out, number);
      out.aload(array);
      place(from, j);
      vectors().fromArray(out, instruction.type, from.inner());
    } else {
      vectors().operate(out, instruction, registers);
    }
    int local = out.allocateLocal(TypeKind.REFERENCE);
    out.astore(local);
    registers.put(instruction, local);
  }

  /// The target that goes to the places between those of another, a step before or after each; null where there is none.
  private static @Nullable Target besides(Phase phase, Target target, int step) {
    Access to = target.to();
    for (Target other : phase.targets()) {
      Access beside = new Access(to.array(), to.dtype(), to.offset() + step, to.outer(), 2);
      boolean areFloats = target.x().type == Register.F32 && other.x().type == Register.F32;
      if (target.kind() == null && other.kind() == null && areFloats && to.inner() == 2 && other.to().equals(beside)) {
        return other;
      }
    }
    return null;
  }

  private void storeInTurn(Target even, Target odd, Map<Instruction, Integer> registers, int j) {
    for (boolean isUpper : new boolean[] {false, true}) {
      vectors().load(out, even.x(), registers);
      vectors().load(out, odd.x(), registers);
      vectors().inTurn(out, isUpper);
      out.aload(arrayOf(even.to()));
      place(even.to(), j);
      out.loadConstant(isUpper ? vectors().lanes(Register.F32) : 0).iadd();
      vectors().store(out, Register.F32, 1);
    }
  }

  private void storeVector(Target target, Register number, Map<Instruction, Integer> registers, int j) {
    int array = arrayOf(target.to());
    if (target.kind() != null) {
      vectors().species(out, number);
      out.aload(array);
      place(target.to(), j);
      vectors().fromArray(out, target.x().type, target.to().inner());
    }
    vectors().load(out, target.x(), registers);
    if (target.kind() != null) {
      vectors().combine(out, target.kind(), target.x().type);
    }
    out.aload(array);
    place(target.to(), j);
    vectors().store(out, target.x().type, target.to().inner());
  }
}
