/// Formulas as text: [dev.gradus.formula.Formula] reads `h = sigmoid(x @ W + b); mean(h)` and builds the nodes it means.
///
/// Text becomes tokens, tokens become a list of [instructions][dev.gradus.formula.Instruction] in postfix order, and
/// running that list over a stack builds the nodes.
@NullMarked
package dev.gradus.formula;

import org.jspecify.annotations.NullMarked;
