/// Training: update rules and the loop that applies them ([dev.gradus.optim]), and the data it runs on
/// ([dev.gradus.data]).
module dev.gradus.optim {
  requires transitive dev.gradus.ops;
  requires de.siegmar.fastcsv;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.gradus.optim;
  exports dev.gradus.data;
}
