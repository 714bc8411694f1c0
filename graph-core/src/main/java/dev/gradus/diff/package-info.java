/// Differentiation: rewrites that add nodes.
///
/// [dev.gradus.diff.Backward] adds the nodes of ∂L/∂u for every node u; [dev.gradus.diff.Gradients] finds them and
/// the terms they are summed from. [dev.gradus.diff.Forward] adds the nodes of a derivative along a direction.
@NullMarked
package dev.gradus.diff;

import org.jspecify.annotations.NullMarked;
