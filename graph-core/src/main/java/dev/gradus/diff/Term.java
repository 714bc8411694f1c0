package dev.gradus.diff;

import dev.gradus.graph.Node;
import dev.gradus.graph.Use;
import org.jspecify.annotations.Nullable;

/// One term of the chain rule's sum over Γ(u): what the use of u by one v contributes to ∂L/∂u.
///
/// @param use u, its user v, and the slot of v it stands in
/// @param upstream ∂L/∂v; null where v has several results, each with a gradient of its own
/// @param local ∂v/∂u at every element, where v is elementwise; else null, and `rule` says what happens
/// @param rule how `product` comes from `upstream`, in symbols or words
/// @param product the term itself, in u's shape: summed back over what was broadcast
public record Term(Use use, @Nullable Node upstream, @Nullable Node local, String rule, Node product) {}
