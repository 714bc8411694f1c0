package dev.gradus.laws;

import dev.gradus.graph.Node;
import java.util.List;
import java.util.function.Function;

/// One line of a program that was built: how to make its results from those of earlier lines, in any order of lines.
///
/// @param op what is applied
/// @param operands the numbers of the results it takes
/// @param first the number of its first result
/// @param count how many results it has
/// @param make makes the results
record Line(String op, List<Integer> operands, int first, int count, Function<List<Node>, List<Node>> make) {}
