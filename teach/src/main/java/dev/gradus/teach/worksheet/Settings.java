package dev.gradus.teach.worksheet;

import com.google.common.collect.ImmutableSet;
import dev.gradus.GradusException;
import java.util.Set;

/// What a worksheet asks and is called.
///
/// @param blanks what is left blank
/// @param title what stands at the top; empty for a title in the sheet's language
public record Settings(ImmutableSet<Blank> blanks, String title) {
  /// Everything is left blank.
  public static final Settings USUAL = of(Set.of(Blank.values()), "");

  /// Checks that there is something to fill in.
  public Settings {
    if (blanks.isEmpty()) {
      throw new GradusException("worksheet", "something must be left blank", "nothing", "choose values, locals, terms or sums");
    }
  }

  /// Settings.
  public static Settings of(Set<Blank> blanks, String title) {
    return new Settings(ImmutableSet.copyOf(blanks), title);
  }
}
