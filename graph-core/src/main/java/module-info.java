/// The engine of Gradus: tensors, scalar formulas, graphs, differentiation, execution and numerical checks.
module dev.gradus.core {
  requires transitive com.google.common;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

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
}
