/// Nodes and ops: what a computational graph is made of.
///
/// A [dev.gradus.graph.Node] is a place in the graph. It is a leaf, or an [dev.gradus.graph.Op] applied to nodes that
/// exist already; so graphs have no cycles, and building one is nothing but calling functions. An op is a
/// [dev.gradus.graph.Primitive] that the engine knows, a [dev.gradus.graph.Composite] that expands into other ops,
/// or an [dev.gradus.graph.Opaque] one with a kernel of its own. [dev.gradus.graph.Graph] sorts what some outputs need
/// and knows who uses whom.
@NullMarked
package dev.gradus.graph;

import org.jspecify.annotations.NullMarked;
