package dev.gradus.teach.layout;

/// A point of a picture; y grows downwards.
///
/// @param x the distance from the left edge
/// @param y the distance from the top
public record Point(double x, double y) {}
