package dev.gradus.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Shape;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A place in a computational graph: a leaf ([Input], [Parameter], [Constant]), the application of an [Op] to
/// other nodes ([Apply]), or one result of an application that has several ([Projection]).
///
/// A node never changes and is equal only to itself. Its operands exist before it does, so cycles cannot be
/// built. It holds no value: values belong to a run, gradients are nodes like any other.
@CheckReturnValue
public abstract sealed class Node permits Input, Parameter, Constant, Apply, Projection {
  private static final AtomicInteger MADE = new AtomicInteger();

  private final @Nullable String name;
  private final @Nullable SourceLine sourceLine;
  private final int number = MADE.getAndIncrement();

  Node(@Nullable String name, @Nullable SourceLine sourceLine) {
    this.name = name;
    this.sourceLine = sourceLine;
  }

  /// The shape and dtype of this node's value.
  ///
  /// @throws dev.gradus.GradusException for an application with several results, whose projections have types
  public abstract TensorType type();

  /// The nodes this one is computed from, in order; a node used twice stands here twice. Empty for leaves.
  public abstract List<Node> operands();

  /// What this node is in one word: the name of its op, or `input`, `parameter`, `constant`.
  public abstract String kind();

  /// The same node under a name, prefixed by the [NameScope]s that are open. Nodes never change, so this is a
  /// new node: use it in place of the old one.
  public final Node named(String newName) {
    return renamed(NameScope.qualify(newName));
  }

  abstract Node renamed(String fullName);

  /// Whether this is the application of an op with other than one result, so that only its results have values.
  public boolean isTuple() {
    return false;
  }

  /// The results in order: this node itself, or the projections of a tuple.
  public List<Node> results() {
    return List.of(this);
  }

  /// The shape of this node's value.
  public final Shape shape() {
    return type().shape();
  }

  /// The dtype of this node's value.
  public final DType dtype() {
    return type().dtype();
  }

  /// The name given to this node, or null.
  public final @Nullable String name() {
    return name;
  }

  /// The line of the user's program that made this node, or null where it was not recorded.
  public final @Nullable SourceLine sourceLine() {
    return sourceLine;
  }

  /// `this + other`, broadcast as NumPy does.
  public final Node plus(Node other) {
    return Elementwise.ADD.of(this, other);
  }

  /// `this + number`; the number takes this node's dtype.
  public final Node plus(double number) {
    return Elementwise.withNumber(Arithmetic.ADD, this, number);
  }

  /// `this - other`, broadcast as NumPy does.
  public final Node minus(Node other) {
    return Elementwise.SUBTRACT.of(this, other);
  }

  /// `this - number`; the number takes this node's dtype.
  public final Node minus(double number) {
    return Elementwise.withNumber(Arithmetic.SUBTRACT, this, number);
  }

  /// `this * other` element by element, broadcast as NumPy does.
  public final Node times(Node other) {
    return Elementwise.MULTIPLY.of(this, other);
  }

  /// `this * number`; the number takes this node's dtype.
  public final Node times(double number) {
    return Elementwise.withNumber(Arithmetic.MULTIPLY, this, number);
  }

  /// `this / other` element by element, broadcast as NumPy does; floating dtypes only.
  public final Node dividedBy(Node other) {
    return Elementwise.DIVIDE.of(this, other);
  }

  /// `this / number`; floating dtypes only.
  public final Node dividedBy(double number) {
    return Elementwise.withNumber(Arithmetic.DIVIDE, this, number);
  }

  /// `-this`.
  public final Node negated() {
    return Elementwise.NEGATIVE.of(this);
  }

  /// `this` to the power `exponent`, element by element, broadcast as NumPy does; floating dtypes only.
  public final Node pow(Node exponent) {
    return Elementwise.POW.of(this, exponent);
  }

  /// `this` to a constant power; negative bases are fine where the exponent is a whole number.
  public final Node pow(double exponent) {
    return Elementwise.withNumber(Arithmetic.POW, this, exponent);
  }

  /// A running number: nodes made one after another lie side by side in hash tables, as walks visit them.
  @Override
  public final int hashCode() {
    return number;
  }

  /// The name, else the kind; with the type, as in `h: sigmoid f64[2, 3]`.
  @Override
  public String toString() {
    String what = name == null ? kind() : name + ": " + kind();
    return what + " " + typeText();
  }

  String typeText() {
    return type().toString();
  }
}
