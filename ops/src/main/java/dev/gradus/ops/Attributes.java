package dev.gradus.ops;

import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The named settings of one call of an [Entry], such as `axis=1`, read as the types the op needs. Values are Java
/// numbers, booleans, strings, lists of these, or null (open).
final class Attributes {
  private final String op;
  private final Map<String, @Nullable Object> values;

  Attributes(String op, Map<String, @Nullable Object> values) {
    this.op = op;
    this.values = values;
  }

  /// A whole number.
  int integer(String name) {
    return wholeNumber(name, values.get(name));
  }

  /// A whole number, or null where it was left open.
  @Nullable Integer integerOrNull(String name) {
    Object value = values.get(name);
    return value == null ? null : Integer.valueOf(wholeNumber(name, value));
  }

  /// Whole numbers; one number is a list of one.
  int[] integers(String name) {
    Object value = values.get(name);
    return value instanceof List<?> list
        ? list.stream().mapToInt(element -> wholeNumber(name, element)).toArray()
        : new int[] {wholeNumber(name, value)};
  }

  /// Axes: a whole number or a list of them; none, which stands for all, where it was left open, as in `axis=null`.
  int[] axes(String name) {
    if (values.get(name) == null) {
      return new int[0];
    }
    int[] axes = integers(name);
    if (axes.length == 0) {
      throw mismatch(name, "an axis or several", "none");
    }
    return axes;
  }

  /// Whole numbers of which some may be open (null), as the bounds of a slice; one number is a list of one.
  List<@Nullable Integer> openIntegers(String name) {
    List<@Nullable Integer> all = new ArrayList<>();
    List<?> list = values.get(name) instanceof List<?> given ? given : Collections.singletonList(values.get(name));
    for (Object element : list) {
      all.add(element == null ? null : Integer.valueOf(wholeNumber(name, element)));
    }
    return all;
  }

  /// A list of as many lists of whole numbers as `count`.
  List<int[]> lists(String name, int count) {
    if (values.get(name) instanceof List<?> lists && lists.size() == count) {
      List<int[]> all = new ArrayList<>();
      for (Object list : lists) {
        all.add(new Attributes(op, Collections.singletonMap(name, list)).integers(name));
      }
      return all;
    }
    throw mismatch(name, "a number or " + count + " lists", values.get(name));
  }

  /// A number.
  double number(String name) {
    return asNumber(name, values.get(name));
  }

  /// A number, or null where it was left open.
  @Nullable Double numberOrNull(String name) {
    Object value = values.get(name);
    return value == null ? null : Double.valueOf(asNumber(name, value));
  }

  /// True or false.
  boolean flag(String name) {
    if (values.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw mismatch(name, "true or false", values.get(name));
  }

  /// A word.
  String text(String name) {
    if (values.get(name) instanceof String text) {
      return text;
    }
    throw mismatch(name, "a word", values.get(name));
  }

  /// Whether the attribute was left open.
  boolean isOpen(String name) {
    return values.get(name) == null;
  }

  /// Whether the attribute holds a list.
  boolean isList(String name) {
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
