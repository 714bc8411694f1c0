package dev.gradus.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What one call of the command line did.
///
/// @param code the exit code
/// @param out what it printed on standard output
/// @param err what it printed on standard error
record CommandRun(int code, String out, String err) {
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
