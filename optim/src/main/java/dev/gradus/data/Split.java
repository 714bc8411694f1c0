package dev.gradus.data;

/// A dataset in two parts: one to learn from, one that is held out.
///
/// @param train the examples to learn from
/// @param test the examples held out
public record Split(Dataset train, Dataset test) {}
