package dev.gradus.ops;

import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The named settings of one call of an [Entry], such as `axis=1`, read as the types the op needs. Values are Java
/// numbers, booleans, strings, lists of these, or null (open).
public final class Attributes {
  private final String op;
  private final Map<String, @Nullable Object> values;

  Attributes(String op, Map<String, @Nullable Object> values) {
    this.op = op;
    this.values = values;
  }

  /// A whole number.
  public int integer(String name) {
    return wholeNumber(name, values.get(name));
  }

  /// A whole number, or null where it was left open.
  public @Nullable Integer integerOrNull(String name) {
    Object value = values.get(name);
    return value == null ? null : Integer.valueOf(wholeNumber(name, value));
  }

  /// Whole numbers; one number is a list of one. Null where it was left open, as in `axis=null`.
  public int @Nullable [] integers(String name) {
    Object value = values.get(name);
    if (value == null) {
      return null;
    }
    return value instanceof List<?> list
        ? list.stream().mapToInt(element -> wholeNumber(name, element)).toArray()
        : new int[] {wholeNumber(name, value)};
  }

  /// Whole numbers of which some may be open (null), as the bounds of a slice.
  public List<@Nullable Integer> openIntegers(String name) {
    if (!(values.get(name) instanceof List<?> list)) {
      throw mismatch(name, "a list of whole numbers", values.get(name));
    }
    List<@Nullable Integer> all = new ArrayList<>();
    for (Object element : list) {
      all.add(element == null ? null : Integer.valueOf(wholeNumber(name, element)));
    }
    return all;
  }

  /// A number.
  public double number(String name) {
    return asNumber(name, values.get(name));
  }

  /// A number, or null where it was left open.
  public @Nullable Double numberOrNull(String name) {
    Object value = values.get(name);
    return value == null ? null : Double.valueOf(asNumber(name, value));
  }

  /// True or false.
  public boolean flag(String name) {
    if (values.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw mismatch(name, "true or false", values.get(name));
  }

  /// A word.
  public String text(String name) {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw mismatch(name, "a word", values.get(name));
  }

  /// Whether the attribute holds a list.
  public boolean isList(String name) {
    return values.get(name) instanceof List<?>;
  }

  private int wholeNumber(String name, @Nullable Object value) {
    double number = asNumber(name, value);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw mismatch(name, "a whole number", value);
    }
    return (int) number;
  }

  private double asNumber(String name, @Nullable Object value) {
    return switch (value) {
      case Number number -> number.doubleValue();
      case String text when text.equals("inf") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-inf") -> Double.NEGATIVE_INFINITY;
      case null, default -> throw mismatch(name, "a number", value);
    };
  }

  private GradusException mismatch(String name, String wanted, @Nullable Object got) {
    return new GradusException(op, name + " must be " + wanted, String.valueOf(got), "see ./gradus ops " + op);
  }
}
