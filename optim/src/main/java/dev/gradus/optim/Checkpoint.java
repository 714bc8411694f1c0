package dev.gradus.optim;

import com.google.common.collect.ImmutableList;
import dev.gradus.GradusException;
import dev.gradus.WholeFile;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The content of a [State] at one moment, to be kept, saved and restored bit for bit.
///
/// @param seed the seed of all that is random in training
/// @param step the number of updates done
/// @param examples the number of examples seen
/// @param entries the parameters, in the order in which the loss reaches them
/// @param notes what a program wants to keep with them, such as the settings of the model, by name
public record Checkpoint(long seed, long step, long examples, List<Entry> entries, Map<String, String> notes) {
  /// Copies list and map.
  public Checkpoint {
    entries = ImmutableList.copyOf(entries);
    notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
  }

  /// The same checkpoint with one note more, or another text for it.
  public Checkpoint withNote(String name, String text) {
    Map<String, String> all = new LinkedHashMap<>(notes);
    all.put(name, text);
    return new Checkpoint(seed, step, examples, entries, all);
  }

  /// One parameter.
  ///
  /// @param name its name
  /// @param value its value
  /// @param slots what the optimizer keeps for it, by the slots' names, in their order
  public record Entry(String name, Tensor value, Map<String, Tensor> slots) {
    /// Copies the map.
    public Entry {
      slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    }
  }

  /// The values of parameters, by name, as a run takes them: for using a trained model without training.
  ///
  /// @throws GradusException when one is missing, has another type, or shares its name with another
  public Map<Node, Tensor> values(Collection<Parameter> parameters) {
    Map<Node, Tensor> all = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      List<Entry> named = new ArrayList<>(entries);
      named.removeIf(entry -> !entry.name().equals(parameter.name()));
      if (named.size() != 1) {
        throw new GradusException(
            "checkpoint",
            "there must be one parameter called " + parameter.name(),
            named.size() + " among " + entries.stream().map(Entry::name).toList(),
            "build the same model, with a name for each parameter");
      }
      all.put(parameter, named.getFirst().value());
    }
    return all;
  }

  /// This checkpoint as bytes, with a checksum.
  public byte[] toBytes() {
    return CheckpointFormat.write(this);
  }

  /// The checkpoint that [#toBytes] made `bytes` of.
  ///
  /// @throws GradusException when they are damaged or something else
  public static Checkpoint fromBytes(byte[] bytes) {
    return CheckpointFormat.read(bytes);
  }

  /// Writes this checkpoint to a file, which holds either all of it or what it held before, even if the program ends on
  /// the way.
  public void save(Path file) throws IOException {
    WholeFile.write(file, toBytes());
  }

  /// Reads a checkpoint from a file.
  ///
  /// @throws GradusException when the file is damaged or something else
  public static Checkpoint load(Path file) throws IOException {
    return fromBytes(Files.readAllBytes(file));
  }
}
