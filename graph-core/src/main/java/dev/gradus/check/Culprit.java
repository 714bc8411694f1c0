package dev.gradus.check;

import dev.gradus.graph.Apply;
import org.jspecify.annotations.Nullable;

/// The first node, operands first, whose own rule is wrong: what it sends to one of its operands is not its local
/// derivative at the values of the run.
///
/// @param node the node
/// @param slot the operand, from 0
/// @param rule the rule, in symbols or words
/// @param row the comparison that shows it, made with a random upstream gradient
/// @param inside the wrong node inside the box, where the node is a composite that states no pullback of its own
public record Culprit(Apply node, int slot, String rule, Row row, @Nullable Culprit inside) {

  @Override
  public String toString() {
    String line = node.sourceLine() == null ? "" : " (" + node.sourceLine() + ")";
    String rows =
        "the rule of " + node + line + " for operand " + slot + " is wrong:\n"
            + "  at " + row.place() + " it sends " + row.analytic() + ", but differences say " + row.numeric() + "\n"
            + "  rule: " + rule;
    return inside == null ? rows : rows + "\n  inside the box, " + inside.toString().replace("\n", "\n  ");
  }
}
