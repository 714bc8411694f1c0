package dev.gradus.teach.layout;

import dev.gradus.graph.Node;

/// What a group has for members: nodes and groups.
public sealed interface Member permits Member.Single, Group {

  /// A node.
  ///
  /// @param node the node
  record Single(Node node) implements Member {}
}
