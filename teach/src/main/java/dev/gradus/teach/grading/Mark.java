package dev.gradus.teach.grading;

import dev.gradus.graph.Node;
import dev.gradus.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What there is to say about one number of a student.
///
/// @param node the node it belongs to
/// @param label what the node is called
/// @param isGradient whether it is ∂L/∂node; else it is the value of the node
/// @param verdict how it compares
/// @param given the number, or null where it is missing
/// @param right the right one
/// @param finding the known mistake that it looks like, if any
public record Mark(
    Node node, String label, boolean isGradient, Verdict verdict, @Nullable Tensor given, Tensor right, @Nullable Finding finding) {

  Mark as(Verdict other, @Nullable Finding found) {
    return new Mark(node, label, isGradient, other, given, right, found);
  }
}
