package dev.gradus.graph;

/// One use of a node: `user` takes `operand` in its operand number `slot`. A node that takes the same operand
/// twice uses it twice.
///
/// @param operand the node that is used, u
/// @param user the node that uses it, a member of Γ(u)
/// @param slot which operand of `user`, from 0
public record Use(Node operand, Node user, int slot) {}
