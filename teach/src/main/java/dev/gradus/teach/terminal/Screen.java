package dev.gradus.teach.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.keymap.BindingReader;
import org.jline.keymap.KeyMap;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/// Steps on the whole screen of a terminal, key by key. The terminal is left as it was found.
final class Screen {
  private static final long POLL_MILLIS = 100;
  private static final long ESCAPE_MILLIS = 150;

  /// What a key can mean besides a [Command].
  private enum Key {
    ENTER,
    TAB,
    ERASE,
    ESCAPE,
    TEXT
  }

  private final Terminal terminal;
  private final Frame frame;
  private final Guide guide;
  private final boolean isColoured;
  private final KeyMap<Command> commands;
  private final KeyMap<Command> anyKey;
  private final KeyMap<Key> letters;
  private Size size = new Size(80, 24);

  Screen(Terminal terminal, Frame frame, Guide guide, boolean isColoured) {
    this.terminal = terminal;
    this.frame = frame;
    this.guide = guide;
    this.isColoured = isColoured;
    this.commands = commands();
    this.anyKey = anyKey();
    this.letters = letters();
  }

  private KeyMap<Command> commands() {
    KeyMap<Command> keys = new KeyMap<>();
    keys.setAmbiguousTimeout(ESCAPE_MILLIS);
    for (Command command : Command.values()) {
      keys.bind(command, command.key());
    }
    keys.bind(Command.NEXT, " ", "\r", "\n", "\033[C", "\033OC", KeyMap.key(terminal, Capability.key_right));
    keys.bind(Command.PREVIOUS, "\033[D", "\033OD", KeyMap.key(terminal, Capability.key_left));
    keys.bind(Command.BEGIN, "\033[H", "\033OH", "\033[1~", KeyMap.key(terminal, Capability.key_home));
    keys.bind(Command.END, "\033[F", "\033OF", "\033[4~", KeyMap.key(terminal, Capability.key_end));
    keys.bind(Command.QUIT, KeyMap.ctrl('C'), KeyMap.ctrl('D'));
    return keys;
  }

  private static KeyMap<Key> letters() {
    KeyMap<Key> keys = new KeyMap<>();
    keys.setAmbiguousTimeout(ESCAPE_MILLIS);
    keys.setUnicode(Key.TEXT);
    keys.setNomatch(Key.TEXT);
    keys.bind(Key.ENTER, "\r", "\n");
    keys.bind(Key.TAB, "\t");
    keys.bind(Key.ERASE, KeyMap.del(), "\b");
    keys.bind(Key.ESCAPE, KeyMap.esc(), KeyMap.ctrl('C'), KeyMap.ctrl('D'));
    return keys;
  }

  void run() throws IOException {
    Attributes before = terminal.enterRawMode();
    Attributes raw = new Attributes(terminal.getAttributes());
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    AtomicBoolean isResized = new AtomicBoolean();
    terminal.handle(Terminal.Signal.WINCH, _ -> isResized.set(true));
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.keypad_xmit);
    try {
      loop(isResized);
    } finally {
      terminal.puts(Capability.cursor_visible);
      terminal.puts(Capability.keypad_local);
      terminal.puts(Capability.exit_ca_mode);
      terminal.flush();
      terminal.setAttributes(before);
    }
  }

  private void loop(AtomicBoolean isResized) throws IOException {
    Display display = new Display(terminal, true);
    BindingReader keys = new BindingReader(terminal.reader());
    resize(display);
    View view = View.FIRST;
    while (view.mode() != View.Mode.DONE) {
      draw(display, view);
      int peeked;
      do {
        peeked = keys.peekCharacter(POLL_MILLIS);
      } while (peeked == NonBlockingReader.READ_EXPIRED && !isResized.get());
      if (isResized.getAndSet(false)) {
        resize(display);
      } else {
        view = peeked == NonBlockingReader.EOF ? view.in(View.Mode.DONE) : obey(view, keys);
      }
    }
  }

  /// What the next character leads to: nothing where it means nothing, or only begins a key.
  private View obey(View view, BindingReader keys) {
    if (view.mode() == View.Mode.GO) {
      Key key = keys.readBinding(letters, null, false);
      return key == null ? view : spell(view, key, keys.getLastBinding());
    }
    Command command = keys.readBinding(view.mode() == View.Mode.HELP ? anyKey : commands, null, false);
    return command == null ? view : guide.react(view, command);
  }

  /// As the commands, but every other key is one of them too.
  private KeyMap<Command> anyKey() {
    KeyMap<Command> keys = commands();
    keys.setUnicode(Command.HELP);
    keys.setNomatch(Command.HELP);
    keys.bind(Command.HELP, KeyMap.esc());
    return keys;
  }

  private View spell(View view, Key key, String typed) {
    return switch (key) {
      case ENTER -> guide.go(view, view.typed());
      case TAB -> guide.complete(view);
      case ERASE -> guide.rubOut(view);
      case ESCAPE -> view.in(View.Mode.STEP);
      case TEXT -> guide.type(view, typed.codePointAt(0));
    };
  }

  private void resize(Display display) {
    Size told = terminal.getSize();
    if (told.getColumns() > 0 && told.getRows() > 0) {
      size = told; // a terminal that does not know its size says 0
    }
    display.resize(size.getRows(), size.getColumns());
    display.clear();
  }

  private void draw(Display display, View view) {
    List<AttributedString> lines = new ArrayList<>();
    frame.screen(view, size.getColumns(), size.getRows()).forEach(line -> lines.add(styled(line)));
    int cursor = frame.cursor(view);
    terminal.puts(cursor < 0 ? Capability.cursor_invisible : Capability.cursor_visible);
    int column = Math.clamp(cursor, 0, size.getColumns() - 1);
    display.update(lines, size.cursorPos(size.getRows() - 1, column));
  }

  private AttributedString styled(Line line) {
    AttributedStringBuilder text = new AttributedStringBuilder();
    line.pieces().forEach(piece -> text.styled(style(piece.style()), piece.text()));
    return text.toAttributedString();
  }

  private AttributedStyle style(Style style) {
    AttributedStyle bold = AttributedStyle.BOLD;
    return switch (style) {
      case PLAIN -> AttributedStyle.DEFAULT;
      case BOLD -> bold;
      case NOW -> isColoured ? bold.foreground(AttributedStyle.GREEN) : bold;
      case NOTE -> isColoured ? bold.foreground(AttributedStyle.YELLOW) : bold;
    };
  }
}
