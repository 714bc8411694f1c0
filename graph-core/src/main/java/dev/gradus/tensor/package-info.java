/// Tensors: immutable n-dimensional arrays of one [dev.gradus.tensor.DType] in row-major order, their
/// [dev.gradus.tensor.Shape], and the counter-based random numbers of [dev.gradus.tensor.Philox].
@NullMarked
package dev.gradus.tensor;

import org.jspecify.annotations.NullMarked;
