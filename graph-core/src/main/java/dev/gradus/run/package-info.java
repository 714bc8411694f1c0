/// Running a graph: [dev.gradus.run.Interpreter] evaluates nodes in topological order with their reference kernels,
/// and [dev.gradus.run.Values] holds what came out. This is the specification of what every node means.
@NullMarked
package dev.gradus.run;

import org.jspecify.annotations.NullMarked;
