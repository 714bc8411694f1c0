/// Training: update rules, the loop that applies them, and the data it runs on.
module dev.gradus.optim {
  requires transitive dev.gradus.ops;
  requires de.siegmar.fastcsv;
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.gradus.optim;
  exports dev.gradus.data;
}
