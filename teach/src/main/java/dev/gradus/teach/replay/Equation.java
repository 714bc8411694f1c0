package dev.gradus.teach.replay;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.View;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.KernelFunction;
import dev.gradus.scalar.ScalarFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a node computes, in symbols, down to some nodes that stand for themselves (its *atoms*): a formula with a place for each
/// atom. Filled with names it is the rule in symbols, filled with numbers it is the rule with numbers.
///
/// It is read off the node itself, so what is printed is what runs. Elementwise ops are one formula, matrix products read
/// `x @ yᵀ`, what only repeats or reshapes is left out, and every other op is written as a call.
public final class Equation {
  private static final int MOST_NODES = 24;

  /// What needs no parentheses behind a multiplication sign, unless it begins with a minus.
  private static final ImmutableSet<ScalarFunction> PRODUCTS =
      ImmutableSet.of(Arithmetic.MULTIPLY, Arithmetic.MASKED_MULTIPLY, Arithmetic.DIVIDE);

  private final ImmutableList<Node> atoms;
  private final Part part;

  private Equation(List<Node> atoms, Part part) {
    this.atoms = ImmutableList.copyOf(atoms);
    this.part = part;
  }

  /// A formula over variables, each of which is an atom or another part.
  private sealed interface Part {
    /// Whether it stands for many numbers.
    boolean isArray();

    /// One of the atoms.
    record Atom(int index, boolean isArray) implements Part {}

    /// A scalar formula.
    record Formula(Expression expression, List<Part> variables) implements Part {
      @Override
      public boolean isArray() {
        return variables.stream().anyMatch(Part::isArray);
      }
    }

    /// A matrix product.
    record Product(Part left, boolean leftTransposed, Part right, boolean rightTransposed, boolean isArray) implements Part {}

    /// A transposed matrix.
    record Transpose(Part of) implements Part {
      @Override
      public boolean isArray() {
        return true;
      }
    }

    /// Any other op.
    record Call(String name, List<Part> operands, boolean isArray) implements Part {}
  }

  /// The equation of `node` over `atoms`, or null where it would take up too much room.
  public static @Nullable Equation of(Node node, Set<Node> atoms) {
    Equation factor = ofFactor(node, atoms);
    if (factor == null || node.isTuple() || atoms.contains(node)) {
      return factor;
    }
    boolean isRepeated = node instanceof Apply apply && apply.op() instanceof View.Broadcast;
    boolean isWidened = node.shape().rank() > 0 && !factor.isArray();
    return isRepeated || isWidened ? new Equation(factor.atoms, new Part.Call("broadcast", List.of(factor.part), true)) : factor;
  }

  /// The same for a factor of a product: a number that meets every element is written as that number.
  public static @Nullable Equation ofFactor(Node node, Set<Node> atoms) {
    Reader reader = new Reader(atoms);
    Part part = reader.read(node);
    return part == null ? null : new Equation(List.copyOf(reader.found.keySet()), part);
  }

  /// Whether it stands for many numbers.
  public boolean isArray() {
    return part.isArray();
  }

  /// The nodes that stand for themselves, in the order of their numbers.
  public List<Node> atoms() {
    return atoms;
  }

  /// Reads nodes; few of them, so that recursion is safe.
  private static final class Reader {
    private final Set<Node> stops;
    private final Map<Node, Integer> found = new LinkedHashMap<>();
    private int left = MOST_NODES;

    Reader(Set<Node> stops) {
      this.stops = stops;
    }

    @Nullable Part read(Node node) {
      if (stops.contains(node)) {
        return atom(node);
      }
      if (left-- == 0) {
        return null;
      }
      return switch (node) {
        case Constant constant when constant.value().size() == 1 && constant.name() == null ->
            new Part.Formula(Expression.constant(constant.value().toDoubles()[0]), List.of());
        case Apply apply -> read(apply);
        default -> atom(node);
      };
    }

    private Part atom(Node node) {
      Integer index = found.get(node);
      if (index == null) {
        index = found.size();
        found.put(node, index);
      }
      return new Part.Atom(index, isArray(node));
    }

    private @Nullable Part read(Apply apply) {
      List<Part> operands = new ArrayList<>();
      for (Node operand : apply.operands()) {
        Part part = read(operand);
        if (part == null) {
          return null;
        }
        operands.add(part);
      }
      return switch (apply.op()) {
        case Elementwise map -> new Part.Formula(map.formula(), operands);
        case View.Reshape reshape -> operands.getFirst();
        case View.Broadcast broadcast -> operands.getFirst();
        case View.Permute permute when permute.axes().equals(List.of(1, 0)) -> new Part.Transpose(operands.getFirst());
        case Contract contract -> product(contract, operands, apply);
        case Composite product when isMatrixProduct(apply) ->
            new Part.Product(operands.getFirst(), false, operands.getLast(), false, isArray(apply));
        case Reduce reduce -> call(reduce.name(), operands, apply);
        default -> call(apply.kind(), operands, apply);
      };
    }

    private static Part call(String name, List<Part> operands, Apply apply) {
      return new Part.Call(name, operands, isArray(apply));
    }

    private static boolean isArray(Node node) {
      return !node.isTuple() && node.shape().rank() > 0;
    }

    private static boolean isMatrixProduct(Apply apply) {
      return (apply.op().name().equals("matmul") || apply.op().name().equals("dot"))
          && apply.operands().stream().allMatch(operand -> operand.shape().rank() <= 2);
    }

    /// A product of two matrices, of a matrix and a vector or of two vectors reads as one; others are calls.
    private static Part product(Contract contract, List<Part> x, Apply apply) {
      String equation = contract.equation();
      String left = equation.substring(0, equation.indexOf(','));
      String right = equation.substring(equation.indexOf(',') + 1, equation.indexOf("->"));
      String result = equation.substring(equation.indexOf("->") + 2);
      if (left.isEmpty() ? right.equals(result) : right.isEmpty() && left.equals(result)) {
        return new Part.Formula(Arithmetic.MULTIPLY.of(Expression.variable(0), Expression.variable(1)), x);
      }
      String summed = left.chars().filter(c -> right.indexOf(c) >= 0 && result.indexOf(c) < 0)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
      boolean plain = left.length() <= 2 && right.length() <= 2 && result.length() == left.length() + right.length() - 2;
      if (!plain || summed.length() != 1) {
        return call("contract[" + equation + "]", x, apply);
      }
      boolean isRow = left.length() == 1 && right.startsWith(summed);
      boolean swapped = !isRow && !result.isEmpty() && right.indexOf(result.charAt(0)) >= 0;
      Part first = swapped ? x.get(1) : x.get(0);
      Part second = swapped ? x.get(0) : x.get(1);
      String firstWord = swapped ? right : left;
      String secondWord = swapped ? left : right;
      return new Part.Product(
          first, firstWord.length() == 2 && firstWord.startsWith(summed), second, secondWord.length() == 2 && secondWord.endsWith(summed), isArray(apply));
    }
  }

  /// The equation with the given texts for its atoms, such as names or numbers.
  ///
  /// @param notation how to write
  /// @param fill a text for each of [#atoms], in the notation
  public String print(Writing notation, List<String> fill) {
    return print(part, notation, fill);
  }

  /// Whether it needs parentheses behind a multiplication sign.
  public boolean isSum() {
    return isSum(part);
  }

  /// The same in parentheses where it is a sum.
  ///
  /// @param notation how to write
  /// @param fill a text for each of [#atoms], in the notation
  public String factor(Writing notation, List<String> fill) {
    String text = print(notation, fill);
    return isSum() ? notation.parentheses(text) : text;
  }

  private static String print(Part part, Writing notation, List<String> fill) {
    return switch (part) {
      case Part.Atom atom -> fill.get(atom.index);
      case Part.Formula formula -> {
        List<String> names = new ArrayList<>();
        for (Part variable : formula.variables) {
          String text = print(variable, notation, fill);
          boolean isLoose = isCompound(variable) && isLoose(variable, formula.expression, names.size(), new HashSet<>());
          names.add(isLoose ? notation.parentheses(text) : text);
        }
        yield notation.formula(formula.expression, names, slot -> slot < formula.variables.size() && formula.variables.get(slot).isArray());
      }
      case Part.Product product ->
          notation.product(
              factor(product.left, product.leftTransposed, notation, fill),
              factor(product.right, product.rightTransposed, notation, fill));
      case Part.Transpose transpose -> notation.transpose(factor(transpose.of, false, notation, fill));
      case Part.Call call -> notation.call(call.name, call.operands.stream().map(x -> print(x, notation, fill)).toList());
    };
  }

  private static String factor(Part part, boolean transposed, Writing notation, List<String> fill) {
    String text = print(part, notation, fill);
    String factor = isCompound(part) ? notation.parentheses(text) : text;
    return transposed ? notation.transpose(factor) : factor;
  }

  /// Whether a part needs parentheses where it is a factor.
  private static boolean isCompound(Part part) {
    return switch (part) {
      case Part.Atom atom -> false;
      case Part.Call call -> false;
      case Part.Transpose transpose -> false;
      case Part.Product product -> true;
      case Part.Formula formula ->
          switch (formula.expression) {
            case Expression.Constant constant -> constant.value() < 0;
            case Expression.Variable variable -> isCompound(formula.variables.get(variable.slot()));
            case Expression.Call call -> !isFunctionCall(call);
          };
    };
  }

  /// Whether a part would fall apart where it stands in a formula for a variable: as the operand of a sign that binds more tightly,
  /// and not between parentheses of its own.
  private static boolean isLoose(Part part, Expression formula, int slot, Set<Expression> seen) {
    if (!(formula instanceof Expression.Call call) || !seen.add(formula)) {
      return false;
    }
    boolean isTerm = call.function() == Arithmetic.ADD || call.function() == Arithmetic.SUBTRACT;
    for (int i = 0; i < call.arguments().size(); i++) {
      Expression argument = call.arguments().get(i);
      boolean isHere = argument instanceof Expression.Variable variable && variable.slot() == slot && !isFunctionCall(call);
      boolean bindsLess = !isTerm || (i > 0 && isSum(part));
      if ((isHere && bindsLess) || isLoose(part, argument, slot, seen)) {
        return true;
      }
    }
    return false;
  }

  /// Whether a part needs parentheses behind a multiplication sign.
  private static boolean isSum(Part part) {
    return part instanceof Part.Formula formula
        && switch (formula.expression) {
          case Expression.Constant constant -> constant.value() < 0;
          case Expression.Variable variable -> isSum(formula.variables.get(variable.slot()));
          case Expression.Call call ->
              PRODUCTS.contains(call.function()) ? isNegative(call, formula) : call.function() != Arithmetic.POW && !isFunctionCall(call);
        };
  }

  /// Whether a product begins with a minus.
  private static boolean isNegative(Expression product, Part.Formula formula) {
    Expression first = product;
    while (first instanceof Expression.Call call && PRODUCTS.contains(call.function())) {
      first = call.arguments().getFirst();
    }
    return switch (first) {
      case Expression.Constant constant -> constant.value() < 0;
      case Expression.Variable variable -> isSum(formula.variables.get(variable.slot()));
      case Expression.Call call -> call.function() == Arithmetic.NEGATE;
    };
  }

  private static boolean isFunctionCall(Expression.Call call) {
    return switch (call.function()) {
      case DefinedFunction function -> true;
      case KernelFunction function -> true;
      case Arithmetic function -> call.arguments().size() == 1 && function != Arithmetic.NEGATE;
    };
  }
}
