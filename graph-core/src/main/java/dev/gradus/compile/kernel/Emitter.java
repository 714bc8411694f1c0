package dev.gradus.compile.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.gradus.compile.kernel.Instruction.Operation;
import dev.gradus.compile.kernel.LoopNest.Access;
import dev.gradus.compile.kernel.LoopNest.Reduction;
import dev.gradus.compile.kernel.LoopNest.Target;
import dev.gradus.compile.kernel.Schedule.Level;
import dev.gradus.compile.kernel.Schedule.Phase;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final LoopNest nest;
  private final boolean wantsVectors;
  private final ScalarWriter scalars;
  private final Schedule schedule;
  private final Places places;
  private final CodeBuilder out;

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
    this.schedule = new Schedule(nest);
    this.places = new Places(nest, out, 1);
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

  // The method.

  private void run() {
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
      Phase phase = new Phase(List.of(), nest.targets());
      if (nest.inner() == 1) {
        elements(phase, new HashMap<>(kept), null);
      } else {
        loop(phase, true);
      }
    } else {
      rows();
    }
    totals.forEach((target, total) -> {
      Runnable place = () -> places.offset(target.to());
      combineInto(target, place, () -> out.loadLocal(ScalarWriter.kind(target.x().type), total));
    });
    out.return_();
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
    int[] index = places.startRows(row);
    out.labelBinding(head);
    out.iload(row).iload(3).if_icmpge(end);
    for (int number = 0; number <= schedule.lastPhase(); number++) {
      keep(Level.ROW, number);
      Phase phase = schedule.phase(number);
      if (phase.reductions().isEmpty() && phase.targets().isEmpty()) {
        continue;
      }
      if (nest.inner() == 1) {
        elements(phase, new HashMap<>(kept), null);
      } else {
        loop(phase, false);
      }
    }
    for (Target target : nest.targets()) {
      if (target.perRow()) {
        Map<Instruction, Integer> registers = kept;
        if (isTotal(target)) {
          accumulate(target, () -> scalars.load(target.x(), registers));
        } else {
          combineInto(target, () -> places.offset(target.to()), () -> scalars.load(target.x(), registers));
        }
      }
    }
    places.nextRow(index);
    out.iinc(row, 1).goto_(head);
    out.labelBinding(end);
  }

  /// Computes an instruction into a new local variable.
  private void compute(Instruction instruction, Map<Instruction, Integer> registers, @Nullable Integer j) {
    if (instruction.operation == Operation.LOAD) {
      Access from = nest.loads().get(instruction.index).from();
      out.aload(places.array(from));
      places.place(from, j);
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
    for (Instruction instruction : schedule.at(level, phase)) {
      if (!kept.containsKey(instruction)) {
        compute(instruction, kept, null);
      }
    }
  }

  // Loops over a row.

  private void loop(Phase phase, boolean flat) {
    if (!flat && isCopy(phase)) {
      Target target = phase.targets().getFirst();
      Access from = nest.loads().get(target.x().index).from();
      out.aload(places.array(from));
      places.offset(from);
      out.aload(places.array(target.to()));
      places.offset(target.to());
      out.loadConstant(nest.inner());
      out.invokestatic(
          ClassDesc.of("java.lang.System"), "arraycopy", MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_Object, CD_int, CD_int));
      return;
    }
    boolean can = schedule.canBeVectors(phase, kept.keySet());
    int width = schedule.width(phase, kept.keySet());
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

  /// The elementwise targets at element `j`; at the only element also what is reduced.
  private void elements(Phase phase, Map<Instruction, Integer> registers, @Nullable Integer j) {
    List<Instruction> roots = schedule.roots(phase);
    for (Instruction instruction : schedule.below(roots, kept.keySet())) {
      if (!registers.containsKey(instruction) && !instruction.isConstant()) {
        compute(instruction, registers, j);
      }
    }
    for (Target target : phase.targets()) {
      if (target.kind() == null || target.to().inner() != 0 || j == null) {
        if (j == null && isTotal(target)) {
          accumulate(target, () -> scalars.load(target.x(), registers));
        } else {
          combineInto(target, () -> places.place(target.to(), j), () -> scalars.load(target.x(), registers));
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
        combineInto(to, () -> places.offset(to.to()), () -> out.loadLocal(ScalarWriter.kind(x.type), local));
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
    int array = places.array(target.to());
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
    Register number = schedule.number(phase, kept.keySet());
    int lane = vectors().lanes(number);
    int whole = accumulators.isEmpty() ? lane : number == Register.F32 ? Lanes.FLOATS : Lanes.DOUBLES;
    List<Instruction> roots = schedule.roots(phase);
    List<Instruction> body = schedule.below(roots, kept.keySet());
    Map<Instruction, Integer> wide = new LinkedHashMap<>();
    for (Instruction instruction : body) {
      if (schedule.isAtElements(instruction)) {
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
      if (schedule.isAtElements(instruction)) {
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
    if (schedule.isAtElements(operand) || wide.containsKey(operand)) {
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
      int array = places.array(from);
      vectors().species(out, number);
      out.aload(array);
      places.place(from, j);
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
    if (target.kind() != null || target.x().type != Register.F32 || to.inner() != 2) {
      return null;
    }
    Access beside = new Access(to.array(), to.dtype(), to.offset() + step, to.outer(), 2);
    for (Target other : phase.targets()) {
      if (other.kind() == null && other.x().type == Register.F32 && other.to().equals(beside)) {
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
      out.aload(places.array(even.to()));
      places.place(even.to(), j);
      out.loadConstant(isUpper ? vectors().lanes(Register.F32) : 0).iadd();
      vectors().store(out, Register.F32, 1);
    }
  }

  private void storeVector(Target target, Register number, Map<Instruction, Integer> registers, int j) {
    int array = places.array(target.to());
    if (target.kind() != null) {
      vectors().species(out, number);
      out.aload(array);
      places.place(target.to(), j);
      vectors().fromArray(out, target.x().type, target.to().inner());
    }
    vectors().load(out, target.x(), registers);
    if (target.kind() != null) {
      vectors().combine(out, target.kind(), target.x().type);
    }
    out.aload(array);
    places.place(target.to(), j);
    vectors().store(out, target.x().type, target.to().inner());
  }
}
