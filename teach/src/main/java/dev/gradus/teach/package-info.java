/// Teaching backpropagation node by node: a [dev.gradus.teach.Lesson] replays a graph and its gradients in the terminal, as
/// pictures and as a page.
@NullMarked
package dev.gradus.teach;

import org.jspecify.annotations.NullMarked;
