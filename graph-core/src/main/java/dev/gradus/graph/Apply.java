package dev.gradus.graph;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An [Op] applied to operands. Most ops have one result and the application *is* that result; an op with
/// several results makes a tuple, whose [#results] are its [Projection]s.
public final class Apply extends Node {
  private final Op op;
  private final ImmutableList<Node> operands;
  private final @Nullable TensorType type;
  private final ImmutableList<Node> results;
  private final @Nullable Expansion expansion;

  private Apply(
      @Nullable String name,
      Op op,
      ImmutableList<Node> operands,
      List<TensorType> types,
      @Nullable Expansion expansion,
      @Nullable SourceLine sourceLine) {
    super(name, sourceLine);
    this.op = op;
    this.operands = operands;
    this.type = types.size() == 1 ? types.getFirst() : null;
    this.expansion = expansion;
    this.results = types.size() == 1 ? ImmutableList.of() : projections(types);
  }

  /// Applies `op` to `operands`.
  ///
  /// @throws GradusException when the op does not take operands of these types; the message names the rule, what
  ///     was given and the line of the program
  public static Apply of(Op op, List<? extends Node> operands) {
    SourceLine line = SourceLine.current();
    ImmutableList<Node> inputs = ImmutableList.copyOf(operands);
    try (var _ = SourceLine.inherit(line)) {
      List<TensorType> types = typesOf(inputs);
      if (op instanceof Composite composite) {
        Expansion expansion = Expansion.of(composite, types);
        return new Apply(null, op, inputs, expansion.types(), expansion, line);
      }
      return new Apply(null, op, inputs, op.types(types), null, line);
    } catch (GradusException e) {
      throw line == null ? e : e.at(line.toString());
    }
  }

  private static List<TensorType> typesOf(ImmutableList<Node> nodes) {
    return switch (nodes.size()) {
      case 1 -> ImmutableList.of(nodes.get(0).type());
      case 2 -> ImmutableList.of(nodes.get(0).type(), nodes.get(1).type());
      default -> {
        List<TensorType> types = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
          types.add(node.type());
        }
        yield types;
      }
    };
  }

  private ImmutableList<Node> projections(List<TensorType> of) {
    ImmutableList.Builder<Node> all = ImmutableList.builder();
    for (int i = 0; i < of.size(); i++) {
      all.add(new Projection(null, this, i, of.get(i)));
    }
    return all.build();
  }

  /// The op.
  public Op op() {
    return op;
  }

  @Override
  public boolean isTuple() {
    return type == null;
  }

  @Override
  public List<Node> results() {
    return isTuple() ? results : super.results();
  }

  /// The types of the results, in order.
  public List<TensorType> types() {
    return type != null ? ImmutableList.of(type) : results.stream().map(Node::type).collect(ImmutableList.toImmutableList());
  }

  /// Operand number `slot`.
  public Node operand(int slot) {
    return operands.get(slot);
  }

  /// The inside of the box, or null where the op is no [Composite].
  public @Nullable Expansion expansion() {
    return expansion;
  }

  @Override
  public TensorType type() {
    if (type == null) {
      throw new GradusException(
          op.name(), "a node with one result is needed here", results.size() + " results", "take one of results()");
    }
    return type;
  }

  @Override
  public List<Node> operands() {
    return operands;
  }

  @Override
  public String kind() {
    return op.name();
  }

  @Override
  Node renamed(String fullName) {
    return new Apply(fullName, op, operands, types(), expansion, sourceLine());
  }

  @Override
  String typeText() {
    return isTuple() ? types().toString() : type().toString();
  }
}
