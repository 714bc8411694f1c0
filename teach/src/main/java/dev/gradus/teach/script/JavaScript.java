package dev.gradus.teach.script;

import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.DefinedFunction;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.KernelFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Scalar formulas as JavaScript: the source of an arrow function of their variables, with a `const` for what they use twice, such
/// as `(x0,x1)=>x0*x1`.
final class JavaScript {
  /// Where a text gets longer, a part of it becomes a `const`: parsers of JavaScript recurse.
  private static final int LONGEST = 240;

  private final Dialect dialect;
  private final Library library;

  JavaScript(Dialect dialect, Library library) {
    this.dialect = dialect;
    this.library = library;
  }

  /// Whether all functions in a formula have a twin in JavaScript.
  static boolean knows(Expression formula) {
    return formula.inlined().parts().stream()
        .noneMatch(
            part -> part instanceof Expression.Call call && call.function() instanceof KernelFunction own && own.javaScript() == null);
  }

  /// The source of a formula that [#knows] accepts, as the interpreter runs it: with what it defines inlined.
  String function(Expression formula) {
    Expression inlined = formula.inlined();
    Set<Expression> parts = inlined.parts();
    Map<Expression, Integer> uses = uses(parts);
    Map<Expression, Code> codes = new HashMap<>();
    StringBuilder shared = new StringBuilder();
    int names = 0;
    for (Expression part : parts) {
      Code code =
          switch (part) {
            case Expression.Constant constant -> dialect.number(constant.value());
            case Expression.Variable variable -> Code.atom("x" + variable.slot());
            case Expression.Call call -> write(call, codes);
          };
      boolean isShared = part instanceof Expression.Call && uses.getOrDefault(part, 0) > 1;
      boolean isInside = uses.containsKey(part);
      if (isInside && (isShared || code.text().length() > LONGEST)) {
        String name = name(names++);
        shared.append(shared.isEmpty() ? "const " : ",").append(name).append('=').append(code.text());
        code = new Code(name, Code.Binding.ATOM, code.isTruth());
      }
      codes.put(part, code);
    }
    String result = dialect.asNumber(Objects.requireNonNull(codes.get(inlined))).text();
    return variables(inlined.arity()) + "=>" + (shared.isEmpty() ? result : "{" + shared + ";return " + result + "}");
  }

  private static Map<Expression, Integer> uses(Set<Expression> parts) {
    Map<Expression, Integer> uses = new HashMap<>();
    for (Expression part : parts) {
      if (part instanceof Expression.Call call) {
        call.arguments().forEach(argument -> uses.merge(argument, 1, Integer::sum));
      }
    }
    return uses;
  }

  private Code write(Expression.Call call, Map<Expression, Code> codes) {
    List<Code> x = call.arguments().stream().map(argument -> Objects.requireNonNull(codes.get(argument))).toList();
    return switch (call.function()) {
      case Arithmetic arithmetic -> dialect.call(arithmetic, x, library);
      case KernelFunction own -> Code.call(library.name(own), dialect.asNumber(x.getFirst()));
      case DefinedFunction defined -> throw new IllegalStateException("not inlined: " + defined);
    };
  }

  /// a, b, ..., z, a1, b1, ...
  private static String name(int number) {
    return (char) ('a' + number % 26) + (number < 26 ? "" : String.valueOf(number / 26));
  }

  private static String variables(int count) {
    String all = IntStream.range(0, count).mapToObj(slot -> "x" + slot).collect(Collectors.joining(","));
    return count == 1 ? all : "(" + all + ")";
  }
}
