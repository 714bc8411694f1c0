package dev.gradus.teach.picture;

/// What the box of a node or group says.
///
/// @param role what kind of box it is
/// @param name what the node or group is called
/// @param op the node's op, or what a group holds
/// @param value its value, rounded; empty for tuples and groups
/// @param partial ∂L/∂u, in symbols
/// @param gradient its gradient, rounded; empty for tuples and groups
/// @param spoken all of that in words
record Caption(Role role, String name, String op, String value, String partial, String gradient, String spoken) {

  /// What kind of box it is.
  enum Role {
    INPUT,
    PARAMETER,
    CONSTANT,
    OP,
    TUPLE,
    GROUP;

    boolean isLeaf() {
      return this == INPUT || this == PARAMETER || this == CONSTANT;
    }

    boolean hasNumbers() {
      return this != TUPLE && this != GROUP;
    }

    /// The colour of its box.
    Ink fill() {
      return switch (this) {
        case PARAMETER -> Ink.SOFT;
        case INPUT -> Ink.FORWARD_SOFT;
        case CONSTANT, OP, TUPLE, GROUP -> Ink.PAPER;
      };
    }
  }
}
