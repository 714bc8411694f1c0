/// Teaching: what a graph does, step by step, in a terminal, as pictures and as a page.
module dev.gradus.teach {
  requires transitive dev.gradus.ops;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires org.jline.reader;
  requires org.jline.terminal;
  requires java.desktop;
  requires jdk.httpserver;
  requires jdk.unsupported; // through which JLine hears that a terminal has another size
  requires static transitive org.jspecify;
  requires static com.google.errorprone.annotations;

  exports dev.gradus.show;
  exports dev.gradus.teach;
  exports dev.gradus.teach.grading;
  exports dev.gradus.teach.layout;
  exports dev.gradus.teach.lessons;
  exports dev.gradus.teach.page;
  exports dev.gradus.teach.replay;
  exports dev.gradus.teach.serve;
  exports dev.gradus.teach.terminal;
  exports dev.gradus.teach.text;
  exports dev.gradus.teach.worksheet;
}
