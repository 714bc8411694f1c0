/// Loops over arrays, made from scalar code: a [dev.gradus.compile.kernel.Code] says what happens at an element, a
/// [dev.gradus.compile.kernel.LoopNest] over which elements, and [dev.gradus.compile.kernel.Kernels] writes the class that
/// does it, with and without the Vector API.
@NullMarked
package dev.gradus.compile.kernel;

import org.jspecify.annotations.NullMarked;
