package dev.gradus.teach.grading;

import com.google.common.collect.ImmutableMap;
import dev.gradus.teach.replay.Sentences;
import java.util.Map;

/// A known mistake that a wrong number looks like.
///
/// @param mistake its key in the list of mistakes, such as `one.path`
/// @param places what its sentence mentions
public record Finding(String mistake, ImmutableMap<String, String> places) {
  static Finding of(String mistake, Map<String, String> places) {
    return new Finding(mistake, ImmutableMap.copyOf(places));
  }

  Finding with(String place, String text) {
    return new Finding(mistake, ImmutableMap.<String, String>builder().putAll(places).put(place, text).buildOrThrow());
  }

  /// The mistake in a sentence.
  public String sentence(Sentences sentences) {
    return sentences.say("mistake." + mistake, places);
  }
}
