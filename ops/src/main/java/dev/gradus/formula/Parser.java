package dev.gradus.formula;

import dev.gradus.GradusException;
import dev.gradus.formula.Instruction.Range;
import dev.gradus.ops.Entry;
import dev.gradus.ops.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a formula by recursive descent and writes its instructions in postfix order:
///
/// ```text
/// formula    = definition { ";" definition } [ ";" ]
/// definition = [ name { "," name } "=" ] comparison
/// comparison = sum [ ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) sum ]
/// sum        = product { ( "+" | "-" ) product }
/// product    = unary { ( "*" | "/" | "@" ) unary }
/// unary      = ( "-" | "+" ) unary | power
/// power      = part [ ( "^" | "**" ) unary ]
/// part       = atom { "[" range { "," range } "]" }
/// atom       = number | name | name "(" arguments ")" | "(" comparison ")" | "[" comparisons "]"
/// ```
final class Parser {
  /// Deeper nesting than anyone writes; keeps the descent within the stack.
  private static final int DEEPEST = 500;

  private static final Map<String, Object> NUMBERS =
      Map.of("pi", Math.PI, "inf", Double.POSITIVE_INFINITY, "nan", Double.NaN, "true", true, "false", false);

  private static final Map<String, String> COMPARISONS =
      Map.of("<", "less", "<=", "less_equal", ">", "greater", ">=", "greater_equal", "==", "equal", "!=", "not_equal");

  private static final Map<String, String> SUMS = Map.of("+", "add", "-", "subtract");

  private static final Map<String, String> PRODUCTS = Map.of("*", "multiply", "/", "divide", "@", "matmul");

  private final Source source;
  private final List<Token> tokens;
  private final List<Instruction> instructions = new ArrayList<>();
  private final Set<String> free = new LinkedHashSet<>();
  private final Set<String> defined = new LinkedHashSet<>();
  private int next;
  private int depth;

  Parser(Source source) {
    this.source = source;
    this.tokens = Token.of(source);
  }

  List<Instruction> instructions() {
    return instructions;
  }

  /// The names used without being defined, in order of first use.
  List<String> free() {
    return List.copyOf(free);
  }

  void formula() {
    definition();
    while (accept(";")) {
      if (peek().kind() == Token.Kind.END) {
        break;
      }
      if (instructions.getLast() instanceof Instruction.Define last && last.names().isEmpty()) {
        throw source.error(last.at(), "only the last part may be without a name", "a nameless part before ';'", "write name = ...");
      }
      definition();
    }
    if (peek().kind() != Token.Kind.END) {
      throw unexpected("an operator or ';' must follow");
    }
  }

  /// A number, a truth value or nested lists of them, and nothing else.
  Object literal() {
    Object value = setting();
    if (value == null || !isConstant(value) || peek().kind() != Token.Kind.END) {
      throw source.error(
          isConstant(value) ? peek().at() : 0,
          "values must be numbers or nested lists of numbers",
          source.whole(),
          "write 2 or [[1, 2], [3, 4]]");
    }
    return value;
  }

  private static boolean isConstant(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().allMatch(Parser::isConstant)
        : value instanceof Number || value instanceof Boolean;
  }

  private void definition() {
    int start = peek().at();
    List<String> names = definedNames();
    comparison();
    instructions.add(new Instruction.Define(names, start));
    for (String name : names) {
      if (free.contains(name)) {
        throw source.error(start, "a name must be defined before it is used", name, "put its definition first");
      }
      if (!defined.add(name)) {
        throw source.error(start, "a name must be defined once", name, "choose another name");
      }
    }
  }

  /// The names before a `=`, or none.
  private List<String> definedNames() {
    int ahead = next;
    List<String> names = new ArrayList<>();
    while (tokens.get(ahead).kind() == Token.Kind.NAME) {
      Token name = tokens.get(ahead);
      Token after = tokens.get(ahead + 1);
      names.add(name.text());
      if (after.is("=")) {
        if (NUMBERS.containsKey(name.text())) {
          throw source.error(name.at(), "the name of a number cannot be defined anew", name.text(), "choose another name");
        }
        next = ahead + 2;
        return names;
      }
      if (!after.is(",")) {
        break;
      }
      ahead += 2;
    }
    return List.of();
  }

  private void comparison() {
    if (++depth > DEEPEST) {
      throw source.error(peek().at(), "parts must be nested at most " + DEEPEST + " deep", "more", "name inner parts");
    }
    sum();
    Token operator = peek();
    if (binary(COMPARISONS, this::sum) && COMPARISONS.containsKey(peek().text())) {
      throw source.error(peek().at(), "comparisons cannot be chained", "a second one after " + operator, "use logical_and");
    }
    depth--;
  }

  private void sum() {
    product();
    while (binary(SUMS, this::product)) {}
  }

  private void product() {
    unary();
    while (binary(PRODUCTS, this::unary)) {}
  }

  private boolean binary(Map<String, String> operators, Runnable operand) {
    Token operator = peek();
    String op = operator.kind() == Token.Kind.SYMBOL ? operators.get(operator.text()) : null;
    if (op == null) {
      return false;
    }
    next++;
    operand.run();
    call(op, 2, operator.at());
    return true;
  }

  private void call(String op, int operands, int at) {
    instructions.add(new Instruction.Call(Vocabulary.get(op), operands, Map.of(), at));
  }

  private void unary() {
    int signs = next;
    while (peek().is("-") || peek().is("+")) {
      next++;
    }
    int after = next;
    power();
    for (int i = after - 1; i >= signs; i--) {
      if (tokens.get(i).is("-")) {
        negate(tokens.get(i).at(), after);
      }
    }
  }

  /// A minus before a bare number is part of the number.
  private void negate(int at, int operand) {
    if (next == operand + 1 && instructions.getLast() instanceof Instruction.Literal(Double value, int where)) {
      instructions.set(instructions.size() - 1, new Instruction.Literal(-value, where));
    } else {
      call("negative", 1, at);
    }
  }

  private void power() {
    part();
    Token operator = peek();
    if (operator.is("^") || operator.is("**")) {
      next++;
      if (++depth > DEEPEST) {
        throw source.error(operator.at(), "powers must be nested at most " + DEEPEST + " deep", "more", "name inner parts");
      }
      unary();
      depth--;
      call("pow", 2, operator.at());
    }
  }

  private void part() {
    atom();
    while (peek().is("[")) {
      int at = take().at();
      List<Range> ranges = new ArrayList<>();
      do {
        ranges.add(range());
      } while (accept(","));
      expect("]");
      instructions.add(new Instruction.Subscript(ranges, at));
    }
  }

  private Range range() {
    Integer start = openInteger();
    if (!accept(":")) {
      if (start == null) {
        throw unexpected("an index must follow '['");
      }
      return new Range(true, start, null, 1);
    }
    Integer end = openInteger();
    Integer step = accept(":") ? openInteger() : null;
    return new Range(false, start, end, step == null ? 1 : step);
  }

  private @Nullable Integer openInteger() {
    int at = peek().at();
    boolean negative = accept("-");
    if (!negative && peek().kind() != Token.Kind.NUMBER) {
      return null;
    }
    double value = number(take());
    if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
      throw source.error(at, "an index must be a whole number", value, "write 0, 1, ... or start:end:step");
    }
    return (int) (negative ? -value : value);
  }

  private void atom() {
    Token token = take();
    switch (token.kind()) {
      case NUMBER -> instructions.add(new Instruction.Literal(number(token), token.at()));
      case NAME -> {
        if (peek().is("(")) {
          functionCall(token);
        } else {
          name(token);
        }
      }
      case SYMBOL -> {
        if (token.is("(")) {
          comparison();
          expect(")");
        } else if (token.is("[")) {
          list(token);
        } else {
          throw unexpected(token, "a number, a name, '(' or '[' must stand here");
        }
      }
      default -> throw unexpected(token, "a number, a name, '(' or '[' must stand here");
    }
  }

  private void name(Token token) {
    Object number = NUMBERS.get(token.text());
    if (number != null) {
      instructions.add(new Instruction.Literal(number, token.at()));
      return;
    }
    if (!defined.contains(token.text())) {
      free.add(token.text());
    }
    instructions.add(new Instruction.Load(token.text(), token.at()));
  }

  /// A list of literals is a literal; else its elements are stacked.
  private void list(Token bracket) {
    int from = instructions.size();
    int count = 0;
    if (!peek().is("]")) {
      do {
        comparison();
        count++;
      } while (accept(","));
    }
    expect("]");
    List<Object> values = new ArrayList<>();
    for (Instruction instruction : instructions.subList(from, instructions.size())) {
      if (instruction instanceof Instruction.Literal literal) {
        values.add(literal.value());
      }
    }
    if (values.size() == count && instructions.size() - from == count) {
      instructions.subList(from, instructions.size()).clear();
      instructions.add(new Instruction.Literal(values, bracket.at()));
    } else {
      instructions.add(new Instruction.Stack(count, bracket.at()));
    }
  }

  private void functionCall(Token function) {
    Entry entry = Vocabulary.find(function.text());
    if (entry == null) {
      throw source.error(
          function.at(),
          "there must be an op of this name",
          function.text(),
          Vocabulary.suggestion(function.text(), Vocabulary.names(), "'gradus ops' lists all"));
    }
    expect("(");
    int operands = 0;
    Map<String, @Nullable Object> settings = new LinkedHashMap<>();
    if (!peek().is(")")) {
      do {
        if (peek().kind() == Token.Kind.NAME && tokens.get(next + 1).is("=")) {
          namedSetting(entry, settings);
        } else if (settings.isEmpty()) {
          comparison();
          operands++;
        } else {
          throw unexpected("operands must stand before settings");
        }
      } while (accept(","));
    }
    expect(")");
    instructions.add(new Instruction.Call(entry, operands, settings, function.at()));
  }

  private void namedSetting(Entry entry, Map<String, @Nullable Object> settings) {
    Token key = take();
    expect("=");
    if (!entry.defaults().containsKey(key.text())) {
      String remedy = Vocabulary.suggestion(key.text(), entry.defaults().keySet(), "write " + entry.signature());
      throw source.error(key.at(), entry.name() + " must have a setting of this name", key.text(), remedy);
    }
    settings.put(key.text(), setting());
  }

  /// The value of a setting: a number, true, false, null, a word or a list of these.
  private @Nullable Object setting() {
    if (++depth > DEEPEST) {
      throw source.error(peek().at(), "lists must be nested at most " + DEEPEST + " deep", "more", "use fewer axes");
    }
    Token token = take();
    Object value;
    switch (token.kind()) {
      case NUMBER -> value = number(token);
      case QUOTED -> value = token.text();
      case NAME -> {
        boolean isNull = token.text().equals("null") || token.text().equals("None");
        value = isNull ? null : NUMBERS.getOrDefault(token.text(), token.text());
      }
      default -> {
        if (token.is("-") && setting() instanceof Double number) {
          value = -number;
        } else if (token.is("[") || token.is("(")) {
          value = settings(token.is("[") ? "]" : ")");
        } else {
          throw source.error(token.at(), "a value must be a number, a word or a list", token, "write 1, sum or [0, 1]");
        }
      }
    }
    depth--;
    return value;
  }

  private List<@Nullable Object> settings(String end) {
    List<@Nullable Object> all = new ArrayList<>();
    if (!peek().is(end)) {
      do {
        all.add(setting());
      } while (accept(","));
    }
    expect(end);
    return all;
  }

  private static double number(Token token) {
    return Double.parseDouble(token.text());
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    Token token = peek();
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  private boolean accept(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      next++;
    }
    return found;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw unexpected("'" + symbol + "' must stand here");
    }
  }

  private GradusException unexpected(String rule) {
    return unexpected(peek(), rule);
  }

  private GradusException unexpected(Token token, String rule) {
    return source.error(token.at(), rule, token, "check the formula there");
  }
}
