/// The arrays inside tensors, for Gradus's own kernels; not exported to users, so that a tensor stays immutable.
@NullMarked
package dev.gradus.tensor.raw;

import org.jspecify.annotations.NullMarked;
