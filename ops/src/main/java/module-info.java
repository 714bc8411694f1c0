/// The vocabulary of Gradus: every op, for Java programs ([dev.gradus.ops.Ops]) and by name in formulas
/// ([dev.gradus.formula.Formula]).
module dev.gradus.ops {
  requires transitive dev.gradus.core;
  requires org.apache.commons.numbers.gamma;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.gradus.formula;
  exports dev.gradus.ops;
}
