package dev.gradus.graph;

import dev.gradus.GradusException;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.List;

/// Which dtypes an [Elementwise] op takes and which it gives.
///
/// | typing | takes | gives |
/// |---|---|---|
/// | `NUMERIC` | numbers, all of one dtype | that dtype |
/// | `FLOATING` | floating-point numbers, all of one dtype | that dtype |
/// | `COMPARISON` | anything, all of one dtype | bool |
/// | `CLASSIFICATION` | floating-point numbers, all of one dtype | bool |
/// | `LOGICAL` | bool | bool |
/// | `SELECTION` | a bool, then two or more of one dtype | that dtype |
/// | [Giving] | anything | the dtype it names (local derivatives use this) |
///
/// Dtypes are never mixed silently; the errors name `cast`.
public sealed interface Typing {

  /// The dtype of the result for operands of the given dtypes.
  DType result(String op, List<TensorType> x);

  /// Holds a Java number to the dtype that it takes from what it meets.
  ///
  /// @throws GradusException in the name of `op` where that dtype is integer and the number is none of it
  static void requireMeets(String op, DType dtype, double number) {
    if (dtype.isInteger() && Tensor.scalar(dtype, number).item() != number) {
      String rule = number == Math.rint(number) ? " must lie in its range" : " must be whole";
      throw new GradusException(op, "a number that meets " + dtype + rule, number, "cast to f64 first");
    }
  }

  /// The fixed rules.
  enum Rule implements Typing {
    NUMERIC,
    FLOATING,
    COMPARISON,
    CLASSIFICATION,
    LOGICAL,
    SELECTION;

    @Override
    public DType result(String op, List<TensorType> x) {
      int from = this == SELECTION ? 1 : 0;
      DType first = x.get(from).dtype();
      for (int i = from + 1; i < x.size(); i++) {
        if (x.get(i).dtype() != first) {
          throw new GradusException(
              op, "operands must have one dtype", first + " and " + x.get(i).dtype(), "cast one of them");
        }
      }
      boolean accepted =
          switch (this) {
            case NUMERIC -> first != DType.BOOL;
            case FLOATING, CLASSIFICATION -> first.isFloating();
            case COMPARISON -> true;
            case LOGICAL -> first == DType.BOOL;
            case SELECTION -> x.getFirst().dtype() == DType.BOOL;
          };
      if (!accepted) {
        DType got = this == SELECTION ? x.getFirst().dtype() : first;
        throw new GradusException(op, requirement(), got, "cast the operand");
      }
      return this == COMPARISON || this == CLASSIFICATION ? DType.BOOL : first;
    }

    private String requirement() {
      return switch (this) {
        case NUMERIC -> "operands must be numbers";
        case FLOATING, CLASSIFICATION -> "operands must be floating-point numbers";
        case COMPARISON -> "operands must be comparable";
        case LOGICAL -> "operands must be bool";
        case SELECTION -> "the condition must be bool";
      };
    }
  }

  /// Takes anything and gives the named dtype.
  ///
  /// @param dtype the dtype of the result
  record Giving(DType dtype) implements Typing {
    @Override
    public DType result(String op, List<TensorType> x) {
      return dtype;
    }
  }
}
