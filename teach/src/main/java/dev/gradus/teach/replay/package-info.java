/// The lecture's algorithm over one graph, step by step: [dev.gradus.teach.replay.Replay] lists the steps,
/// [dev.gradus.teach.replay.Equation] says in symbols what a node computes, and [dev.gradus.teach.replay.Sentences] tells each
/// step in words.
@NullMarked
package dev.gradus.teach.replay;

import org.jspecify.annotations.NullMarked;
