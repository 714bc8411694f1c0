/// Matrix products on the arrays of tensors, by OpenBLAS or in plain Java; not exported.
@NullMarked
package dev.gradus.compile.matrix;

import org.jspecify.annotations.NullMarked;
