package dev.gradus.teach.layout;

/// That a member of a group uses another one.
///
/// @param from the place among the members of the one that is used
/// @param to the place among the members of the one that uses it
/// @param uses how many uses lead from one to the other, at least 1
public record MemberLink(int from, int to, int uses) {}
