/// The engine of Gradus: tensors, scalar formulas, graphs, differentiation, execution and numerical checks.
///
/// Everything is a graph of nodes ([dev.gradus.graph]). Differentiating adds nodes ([dev.gradus.diff]); running
/// evaluates them in topological order ([dev.gradus.run]); a check compares gradients with differences
/// ([dev.gradus.check]). What flows along the edges are tensors ([dev.gradus.tensor]); what an elementwise op does at
/// each element is a formula ([dev.gradus.scalar]).
module dev.gradus.core {
  requires transitive com.google.common;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;
  requires static jdk.incubator.vector;

  exports dev.gradus;
  exports dev.gradus.tensor;
  exports dev.gradus.tensor.raw to
      dev.gradus.ops,
      dev.gradus.optim;
  exports dev.gradus.scalar;
  exports dev.gradus.graph;
  exports dev.gradus.diff;
  exports dev.gradus.run;
  exports dev.gradus.check;
  exports dev.gradus.compile;
}
