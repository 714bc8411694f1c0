/// The gradus command and runnable lessons.
module dev.gradus.examples {
  requires dev.gradus.optim;
  requires dev.gradus.teach;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  opens dev.gradus.command to
      com.fasterxml.jackson.databind,
      info.picocli;

}
