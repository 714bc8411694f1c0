package dev.gradus.compile.kernel;

import dev.gradus.compile.kernel.Instruction.Operation;
import dev.gradus.compile.kernel.LoopNest.Access;
import dev.gradus.compile.kernel.LoopNest.Target;
import dev.gradus.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// When the instructions of a [LoopNest] are computed: before the rows, once a row, or at every element, and in which loop over the
/// row; a reduction is there for the loops after its own.
final class Schedule {
  /// What an instruction depends on.
  enum Level {
    NOTHING,
    ROW,
    ELEMENT
  }

  /// One loop over the elements of a row: what it reduces and what it stores.
  record Phase(List<Integer> reductions, List<Target> targets) {}

  private final LoopNest nest;
  private final Level[] levels;
  private final int[] phases;
  private final boolean[] needed;

  Schedule(LoopNest nest) {
    this.nest = nest;
    List<Instruction> all = nest.code().instructions();
    this.levels = new Level[all.size()];
    this.phases = new int[all.size()];
    this.needed = new boolean[all.size()];
    analyse(all);
  }

  private void analyse(List<Instruction> all) {
    for (Instruction instruction : all) {
      int i = instruction.place;
      levels[i] = levelOf(instruction);
      phases[i] = phaseOf(instruction);
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

  private Level levelOf(Instruction instruction) {
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

  private int phaseOf(Instruction instruction) {
    if (instruction.operation == Operation.REDUCED) {
      return phases[nest.reductions().get(instruction.index).x().place] + 1;
    }
    int phase = 0;
    for (Instruction operand : instruction.x) {
      phase = Math.max(phase, phases[operand.place]);
    }
    return phase;
  }

  boolean isAtElements(Instruction instruction) {
    return levels[instruction.place] == Level.ELEMENT;
  }

  /// What is computed at a level, in the rows' case before the loop of this number.
  List<Instruction> at(Level level, int phase) {
    return nest.code().instructions().stream()
        .filter(i -> needed[i.place] && levels[i.place] == level && !i.isConstant())
        .filter(i -> level == Level.NOTHING || phases[i.place] == phase)
        .toList();
  }

  /// The number of the last loop over a row.
  int lastPhase() {
    return Arrays.stream(phases).max().orElse(0);
  }

  /// A loop over a row; what goes to a place once a row is not part of it.
  Phase phase(int number) {
    List<Integer> reductions = new ArrayList<>();
    for (int i = 0; i < nest.reductions().size(); i++) {
      Instruction x = nest.reductions().get(i).x();
      if (needed[x.place] && phases[x.place] == number) {
        reductions.add(i);
      }
    }
    List<Target> targets = nest.targets().stream()
        .filter(target -> !target.perRow() && phases[target.x().place] == number)
        .toList();
    return new Phase(reductions, targets);
  }

  /// What a phase stores and reduces.
  List<Instruction> roots(Phase phase) {
    List<Instruction> roots = new ArrayList<>();
    phase.targets().forEach(target -> roots.add(target.x()));
    phase.reductions().forEach(r -> roots.add(nest.reductions().get(r).x()));
    return roots;
  }

  /// All that the roots need, operands first, but not what is kept already.
  List<Instruction> below(List<Instruction> roots, Set<Instruction> kept) {
    boolean[] wanted = new boolean[levels.length];
    roots.forEach(root -> wanted[root.place] = true);
    List<Instruction> all = nest.code().instructions();
    List<Instruction> found = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (wanted[i] && !kept.contains(all.get(i))) {
        found.add(all.get(i));
        for (Instruction operand : all.get(i).x) {
          wanted[operand.place] = true;
        }
      }
    }
    return found.reversed();
  }

  /// Whether a loop can be written with the Vector API.
  boolean canBeVectors(Phase phase, Set<Instruction> kept) {
    List<Instruction> roots = roots(phase);
    Register number = null;
    for (Instruction instruction : below(roots, kept)) {
      if (instruction.type == Register.F32 || instruction.type == Register.F64) {
        if (number != null && number != instruction.type) {
          return false;
        }
        number = instruction.type;
      }
      if (isAtElements(instruction) && !VectorWriter.can(instruction)) {
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

  /// The type of the numbers of a loop.
  Register number(Phase phase, Set<Instruction> kept) {
    List<Instruction> roots = roots(phase);
    for (Instruction instruction : below(roots, kept)) {
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

  /// In how many lanes a loop adds up, with vectors and without.
  int width(Phase phase, Set<Instruction> kept) {
    return number(phase, kept) == Register.F32 ? Lanes.FLOATS : Lanes.DOUBLES;
  }
}
