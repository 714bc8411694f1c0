/// Compiling a graph: from wanted outputs to a [dev.gradus.compile.Program] that computes them again and again, fast.
@NullMarked
package dev.gradus.compile;

import org.jspecify.annotations.NullMarked;
