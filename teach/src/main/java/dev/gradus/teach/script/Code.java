package dev.gradus.teach.script;

/// A piece of JavaScript that has a value.
///
/// @param text the source
/// @param binding how tightly its outermost operator binds
/// @param isTruth whether the value is `true` or `false`, where the formula's is 1 or 0
record Code(String text, Binding binding, boolean isTruth) {

  /// How tightly operators bind. A sign stands looser than in JavaScript, so that `a - -b` gets its parentheses.
  enum Binding {
    CHOICE,
    OR,
    AND,
    EQUALITY,
    RELATION,
    SIGN,
    SUM,
    PRODUCT,
    ATOM
  }

  /// A number as a name, a literal without a sign or a call.
  static Code atom(String text) {
    return new Code(text, Binding.ATOM, false);
  }

  /// A literal.
  static Code literal(String text) {
    return new Code(text, text.startsWith("-") ? Binding.SIGN : Binding.ATOM, false);
  }

  /// `function(x, y, ...)`.
  static Code call(String function, Code... x) {
    StringBuilder text = new StringBuilder(function).append('(');
    for (int i = 0; i < x.length; i++) {
      text.append(i == 0 ? "" : ",").append(x[i].text);
    }
    return atom(text.append(')').toString());
  }

  /// A sum or product of numbers, grouped from the left as JavaScript does.
  static Code arithmetic(Code x, String operator, Code y, Binding binding) {
    return new Code(x.at(binding) + operator + y.above(binding), binding, false);
  }

  /// A comparison of numbers.
  static Code relation(Code x, String operator, Code y) {
    Binding binding = operator.equals("==") || operator.equals("!=") ? Binding.EQUALITY : Binding.RELATION;
    return new Code(x.at(Binding.SIGN) + operator + y.at(Binding.SIGN), binding, true);
  }

  /// `x && y` or `x || y` of two truths.
  static Code both(Code x, String operator, Code y) {
    Binding binding = operator.equals("&&") ? Binding.AND : Binding.OR;
    return new Code(x.at(binding) + operator + y.at(binding), binding, true);
  }

  /// `-x`.
  static Code negative(Code x) {
    return new Code("-" + x.at(Binding.ATOM), Binding.SIGN, false);
  }

  /// `condition ? x : y`.
  static Code choice(Code condition, Code x, Code y) {
    return new Code(condition.at(Binding.OR) + "?" + x.text + ":" + y.text, Binding.CHOICE, false);
  }

  /// The source, in parentheses where it binds less tightly than its place asks.
  String at(Binding place) {
    return binding.compareTo(place) < 0 ? "(" + text + ")" : text;
  }

  /// The source, in parentheses unless it binds more tightly than its place.
  private String above(Binding place) {
    return binding.compareTo(place) <= 0 ? "(" + text + ")" : text;
  }
}
