/// Numerical checks of what the engine computes.
///
/// [dev.gradus.check.GradientCheck] compares gradients with differences of values and, where they disagree, names the
/// node whose rule is wrong:
///
/// ```java
/// GradientCheck.of(loss).run().assertCorrect();
/// ```
///
/// [dev.gradus.check.NonFinite] names the node in which the first NaN or infinity of a run arose, forward or backward.
@NullMarked
package dev.gradus.check;

import org.jspecify.annotations.NullMarked;
